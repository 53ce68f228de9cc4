package dev.sluice.lowcode.template;

import dev.sluice.lowcode.value.None;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that a template may use. Immutable; {@link #with} makes a larger one. */
public final class Scope {
    /** No variables. */
    public static final Scope EMPTY = new Scope(null, "", None.NONE);

    private final @Nullable Scope outer;
    private final String name;
    private final Object value;

    private Scope(@Nullable Scope outer, String name, Object value) {
        this.outer = outer;
        this.name = name;
        this.value = value;
    }

    /** The configuration and the parameters of a component, which most templates may use. */
    public static Scope of(Object config, Object parameters) {
        return EMPTY.with("config", config).with("parameters", parameters);
    }

    /** The same variables and one more. */
    public Scope with(String variable, Object content) {
        return new Scope(this, variable, content);
    }

    /** The same variables and these. */
    public Scope withAll(Map<String, ?> more) {
        Scope scope = this;
        for (Map.Entry<String, ?> entry : more.entrySet()) {
            scope = scope.with(entry.getKey(), entry.getValue());
        }
        return scope;
    }

    /** The value of a variable; null if there is none with this name. */
    public @Nullable Object value(String variable) {
        return find(variable);
    }

    /** The value of a variable; null if there is none with this name. */
    @Nullable
    Object find(String variable) {
        Object found = own(variable);
        boolean alias = variable.equals("stream_interval") || variable.equals("stream_partition");
        return found == null && alias ? own("stream_slice") : found;
    }

    private @Nullable Object own(String variable) {
        Scope scope = this;
        while (scope != null) {
            if (scope.outer != null && scope.name.equals(variable)) {
                return scope.value;
            }
            scope = scope.outer;
        }
        return null;
    }
}
