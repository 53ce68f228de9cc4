package dev.sluice.cdk.config;

import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks a configuration against a spec. Values of secrets never appear in its messages. */
final class ConfigReader {
    private final ConfigSpec spec;
    private final String path;
    private final String group;

    ConfigReader(ConfigSpec spec) {
        this(spec, "", "");
    }

    private ConfigReader(ConfigSpec spec, String path, String group) {
        this.spec = spec;
        this.path = path;
        this.group = group;
    }

    Settings read(Map<?, ? extends @Nullable Object> given) {
        for (Object key : given.keySet()) {
            String name = String.valueOf(key);
            if (spec.option(name).isEmpty()) {
                throw unknown(name);
            }
        }
        Map<String, Object> values = new HashMap<>();
        for (Option<?> option : spec.options()) {
            Object value = given.get(option.name());
            if (value != null && !"".equals(value)) {
                values.put(option.name(), convert(option, value));
            } else if (option.isRequired()) {
                throw problem(option.name(), "the option " + option.name() + " is required")
                        .fix(option.description().isEmpty() ? null : option.title() + ": " + option.description())
                        .exception();
            }
        }
        return new Settings(group, values);
    }

    private Object convert(Option<?> option, Object value) {
        return switch (option.kind()) {
            case OptionKind.Text text -> text(option, text, value);
            case OptionKind.Whole whole -> whole(option, whole, value);
            case OptionKind.Truth ignored -> truth(option, value);
            case OptionKind.OneText one -> oneText(option, one, value);
            case OptionKind.Texts ignored -> texts(option, value);
            case OptionKind.NamedTexts ignored -> namedTexts(option, value);
            case OptionKind.OneGroup one -> oneGroup(option, one, value);
        };
    }

    private String text(Option<?> option, OptionKind.Text kind, Object value) {
        if (value instanceof Map || value instanceof List) {
            throw mistyped(option, "text");
        }
        String text = String.valueOf(value);
        if (!kind.pattern().isEmpty() && !text.matches(kind.pattern())) {
            throw problem(option.name(), "the value does not have the form that is needed")
                    .because("it has to match " + kind.pattern())
                    .exception();
        }
        return text;
    }

    private Long whole(Option<?> option, OptionKind.Whole kind, Object value) {
        long number;
        try {
            // Numbers often come as text, from addresses and environment variables.
            number = new BigDecimal(String.valueOf(value)).longValueExact();
        } catch (NumberFormatException | ArithmeticException notWhole) {
            throw mistyped(option, "a whole number");
        }
        if (number < kind.least() || number > kind.most()) {
            throw problem(option.name(), number + " is not between " + kind.least() + " and " + kind.most())
                    .exception();
        }
        return number;
    }

    private Boolean truth(Option<?> option, Object value) {
        return switch (String.valueOf(value)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw mistyped(option, "true or false");
        };
    }

    private String oneText(Option<?> option, OptionKind.OneText kind, Object value) {
        String text = String.valueOf(value);
        if (!kind.values().contains(text)) {
            throw problem(option.name(), text + " is not one of " + String.join(", ", kind.values()))
                    .fix(didYouMean(text, kind.values()))
                    .exception();
        }
        return text;
    }

    private List<String> texts(Option<?> option, Object value) {
        if (value instanceof String one) {
            return List.of(one);
        }
        if (!(value instanceof List<?> list)) {
            throw mistyped(option, "a list of texts");
        }
        List<String> texts = new ArrayList<>(list.size());
        for (Object element : list) {
            if (element == null || element instanceof Map || element instanceof List) {
                throw mistyped(option, "a list of texts");
            }
            texts.add(String.valueOf(element));
        }
        return texts;
    }

    private Map<String, String> namedTexts(Option<?> option, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw mistyped(option, "texts by name");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((name, text) -> {
            if (text == null || text instanceof Map || text instanceof List) {
                throw mistyped(option, "texts by name");
            }
            texts.put(String.valueOf(name), String.valueOf(text));
        });
        return Collections.unmodifiableMap(texts);
    }

    private Settings oneGroup(Option<?> option, OptionKind.OneGroup kind, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw mistyped(option, "a group of options");
        }
        String name = String.valueOf(map.get(kind.discriminator()));
        ConfigSpec chosen = kind.groups().get(name);
        if (chosen == null) {
            throw problem(
                            option.name() + "." + kind.discriminator(),
                            "the value is not one of "
                                    + String.join(", ", kind.groups().keySet()))
                    .exception();
        }
        Map<Object, @Nullable Object> rest = new HashMap<>(map);
        rest.remove(kind.discriminator());
        return new ConfigReader(chosen, path + option.name() + ".", name).read(rest);
    }

    private ProblemException unknown(String name) {
        return problem(name, "there is no option " + name)
                .because("the options are " + String.join(", ", spec.names()))
                .fix(didYouMean(name, spec.names()))
                .exception();
    }

    private ProblemException mistyped(Option<?> option, String wanted) {
        return problem(option.name(), "the option " + option.name() + " takes " + wanted)
                .exception();
    }

    private Problem problem(String name, String message) {
        return Problem.of("E_CONFIG", ProblemKind.CONFIG, message).at(path + name);
    }

    private static @Nullable String didYouMean(String name, List<String> known) {
        Optional<String> near = NearNames.nearest(name, known);
        return near.map(other -> "did you mean " + other + "?").orElse(null);
    }
}
