package dev.sluice.server.connections;

import dev.sluice.engine.connection.NamespaceRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How tables are called.
 *
 * @param definition where namespaces come from
 * @param format the namespace where it is custom; null otherwise
 * @param prefix what stands before the names of streams; empty for nothing
 */
public record Naming(Namespaces definition, @Nullable String format, String prefix) {
    /** As the destination has it. */
    public static final Naming DEFAULT = new Naming(Namespaces.DESTINATION, null, "");

    public Naming {
        Objects.requireNonNull(definition);
        Objects.requireNonNull(prefix);
    }

    /** The namespace of each stream, as a run makes it. */
    public NamespaceRule rule() {
        return switch (definition) {
            case DESTINATION -> new NamespaceRule.Destination();
            case SOURCE -> new NamespaceRule.Source();
            case CUSTOM_FORMAT -> new NamespaceRule.Custom(Objects.requireNonNullElse(format, ""));
        };
    }

    /** Where the namespaces of tables come from. */
    public enum Namespaces {
        /** From the configuration of the destination. */
        DESTINATION,
        /** From the stream. */
        SOURCE,
        /** From a format. */
        CUSTOM_FORMAT
    }
}
