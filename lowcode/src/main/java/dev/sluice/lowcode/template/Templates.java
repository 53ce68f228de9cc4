package dev.sluice.lowcode.template;

import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.Literals;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Undefined;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates templates. What a template writes is read as a literal of Python, so that {@code {{ 1 }}} is a number; where
 * that fails it stays a text. Each kind of field has its own rule for what is empty. Thread-safe.
 */
public final class Templates {
    private static final int MOST_KEPT = 20_000;
    private static final Set<String> FALSE_TEXTS = Set.of("False", "false", "{}", "[]", "()", "", "0", "0.0");

    private final Macros macros;
    private final Map<String, Template> kept = new ConcurrentHashMap<>();

    /** Templates that know the time from a clock. */
    public Templates(Clock clock) {
        this.macros = new Macros(clock);
    }

    /** Which types a result may have; one that is of none of them stays a text. */
    public enum Type {
        TEXT,
        LIST,
        INTEGER,
        NUMBER,
        BOOLEAN;

        private boolean fits(Object value) {
            return switch (this) {
                case TEXT -> value instanceof String;
                case LIST -> value instanceof List<?>;
                case INTEGER -> Numbers.isWhole(value);
                case NUMBER -> value instanceof Double;
                case BOOLEAN -> value instanceof Boolean;
            };
        }
    }

    /**
     * Reads a template without evaluating it.
     *
     * @return the names that it needs
     * @throws ProblemException if it cannot be read
     */
    public Set<String> check(String template) {
        return template(template).needed();
    }

    /** The functions that every template may call. */
    public Set<String> functions() {
        return macros.names();
    }

    /** A text field: what is missing is an empty text. */
    public Object value(String template, Scope scope) {
        return evaluate(template, template, Set.of(), scope);
    }

    /** A text field whose result is used as a text. */
    public String text(String template, Scope scope) {
        return Values.str(value(template, scope));
    }

    /** A text that stays exactly as it was written, such as a token: it is no number, whatever it looks like. */
    public String exact(String template, Scope scope) {
        try {
            return rendered(template(template), scope).orElse("");
        } catch (Fault fault) {
            throw failed(template, fault);
        }
    }

    /**
     * The value as it is where the template is a single expression, so that a text of digits stays a text; the written text of any
     * other template.
     *
     * @return what is undefined where the expression is
     */
    public Object asItIs(String template, Scope scope) {
        Template read = template(template);
        Node expression = read.expression();
        try {
            if (expression == null) {
                return read.isPlain() ? template : read.render(scope, macros);
            }
            return read.value(expression, scope, macros);
        } catch (Fault fault) {
            if (fault.kind() == Fault.Kind.UNDEFINED) {
                return new Undefined(fault.words());
            }
            throw failed(template, fault);
        } catch (DateTimeException | ArithmeticException outOfRange) {
            throw failed(template, Fault.value(String.valueOf(outOfRange.getMessage())));
        }
    }

    /** A field that may only have these types. */
    public Object typed(String template, Set<Type> types, Scope scope) {
        return evaluate(template, template, types, scope);
    }

    /** An element of a map: what is missing is none. */
    public Object orNone(String template, Set<Type> types, Scope scope) {
        return evaluate(template, null, types, scope);
    }

    /** A condition. An empty one is false. */
    public boolean holds(String condition, Scope scope) {
        Object value = evaluate(condition, "False", Set.of(), scope);
        if (value instanceof String text) {
            return !FALSE_TEXTS.contains(text);
        }
        return value instanceof None || Values.truthy(value);
    }

    /** The texts of a tree evaluated one by one; members of maps that are none are left out. */
    public Object tree(Object value, Scope scope) {
        return switch (value) {
            case String template -> orNone(template, Set.of(), scope);
            case Map<?, ?> map -> {
                Map<Object, Object> result = new LinkedHashMap<>();
                map.forEach((key, each) -> {
                    Object member = tree(each, scope);
                    if (!(member instanceof None)) {
                        result.put(key instanceof String name ? orNone(name, Set.of(), scope) : key, member);
                    }
                });
                yield result;
            }
            case List<?> list -> {
                List<Object> result = new ArrayList<>();
                list.forEach(each -> result.add(tree(each, scope)));
                yield result;
            }
            default -> value;
        };
    }

    private Object evaluate(String text, @Nullable String fallback, Set<Type> types, Scope scope) {
        Template template = template(text);
        try {
            Optional<String> result = rendered(template, scope).filter(written -> !written.isEmpty());
            if (result.isPresent()) {
                return cast(result.get(), types);
            }
            if (fallback == null) {
                return None.NONE;
            }
            return cast(fallback.equals(text) ? again(template, scope) : fallback, types);
        } catch (Fault fault) {
            throw failed(text, fault);
        } catch (DateTimeException | ArithmeticException outOfRange) {
            throw failed(text, Fault.value(String.valueOf(outOfRange.getMessage())));
        }
    }

    /** The template that stands for itself when it is empty: now what is undefined counts as an error. */
    private String again(Template template, Scope scope) {
        return template.render(scope, macros);
    }

    /** What a template writes; its own text where Python has a type error; nothing where something is undefined. */
    private Optional<String> rendered(Template template, Scope scope) {
        try {
            return Optional.of(template.render(scope, macros));
        } catch (Fault fault) {
            return switch (fault.kind()) {
                case TYPE -> Optional.of(template.text());
                case UNDEFINED -> Optional.empty();
                case VALUE, LIMIT -> throw fault;
            };
        }
    }

    private static Object cast(String text, Set<Type> types) {
        Optional<Object> literal = Literals.read(text);
        if (literal.isEmpty()) {
            return text;
        }
        Object value = literal.get();
        boolean fits = types.isEmpty() || types.stream().anyMatch(type -> type.fits(value));
        return fits ? value : text;
    }

    /** Why a text cannot be read as a template; empty if it can. */
    public Optional<String> mistake(String text) {
        try {
            Template.of(text);
            return Optional.empty();
        } catch (TemplateException wrong) {
            return Optional.ofNullable(wrong.getMessage());
        }
    }

    private Template template(String text) {
        Template known = kept.get(text);
        if (known != null) {
            return known;
        }
        try {
            Template read = Template.of(text);
            if (kept.size() < MOST_KEPT) {
                kept.put(text, read);
            }
            return read;
        } catch (TemplateException wrong) {
            throw Problem.of("E_TEMPLATE", ProblemKind.CONFIG, "a template of the manifest cannot be read")
                    .at(shown(text))
                    .because(wrong.getMessage())
                    .exception(wrong);
        }
    }

    private static ProblemException failed(String text, Fault fault) {
        return Problem.of("E_TEMPLATE", ProblemKind.CONFIG, "a template of the manifest cannot be evaluated")
                .at(shown(text))
                .because(fault.words())
                .exception(fault);
    }

    private static String shown(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
