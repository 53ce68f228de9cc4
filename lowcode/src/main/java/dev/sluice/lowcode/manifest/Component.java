package dev.sluice.lowcode.manifest;

import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A part of a manifest. Texts are read the way that the models of the Python runner read them: a number or truth value
 * becomes the text that Python prints.
 *
 * @param values its fields
 * @param where its place in the manifest, for messages
 */
public record Component(Map<Object, Object> values, String where) {
    /** What it is; empty if nothing says it. */
    public String type() {
        return optionalText("type").orElse("");
    }

    /** True if the field is there and not null. */
    public boolean has(String field) {
        return !(raw(field) instanceof None);
    }

    /** The field as it stands there, or none. */
    public Object raw(String field) {
        Object value = values.get(field);
        return value == null ? None.NONE : value;
    }

    /** The parameters that its templates may use. */
    public Map<Object, Object> parameters() {
        return Values.mapOrEmpty(raw(Parameters.KEY));
    }

    /** A text, if it is there. */
    public Optional<String> optionalText(String field) {
        Object value = raw(field);
        return value instanceof None ? Optional.empty() : Optional.of(Values.str(value));
    }

    /** A text. */
    public String text(String field) {
        return optionalText(field).orElseThrow(() -> missing(field));
    }

    /** A text, or what stands for it. */
    public String text(String field, String fallback) {
        return optionalText(field).orElse(fallback);
    }

    /** A truth value, or what stands for it. */
    public boolean truth(String field, boolean fallback) {
        Object value = raw(field);
        return switch (value) {
            case None ignored -> fallback;
            case Boolean truth -> truth;
            case String text when text.equalsIgnoreCase("true") -> true;
            case String text when text.equalsIgnoreCase("false") -> false;
            default -> throw wrong(field, "has to be true or false");
        };
    }

    /** A whole number, if it is there and no template. */
    public OptionalLong whole(String field) {
        Object value = raw(field);
        if (value instanceof None) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(
                    switch (value) {
                        case Double number ->
                            Numbers.big(Numbers.truncate(number)).longValueExact();
                        case String text -> new BigInteger(text.strip()).longValueExact();
                        default -> Numbers.big(value).longValueExact();
                    });
        } catch (ArithmeticException | NumberFormatException none) {
            throw wrong(field, "has to be a whole number");
        }
    }

    /** A component, if it is there. */
    public Optional<Component> optional(String field) {
        Object value = raw(field);
        return switch (value) {
            case None ignored -> Optional.empty();
            case Map<?, ?> map -> Optional.of(new Component(Values.asMap(map), where + "/" + field));
            default -> throw wrong(field, "has to be a map");
        };
    }

    /** A component. */
    public Component required(String field) {
        return optional(field).orElseThrow(() -> missing(field));
    }

    /** Components: those of a list, or a single one. */
    public List<Component> all(String field) {
        Object value = raw(field);
        if (value instanceof Map<?, ?>) {
            return List.of(required(field));
        }
        List<Component> all = new ArrayList<>();
        for (Object each : list(field)) {
            String place = where + "/" + field + "/" + all.size();
            if (!(each instanceof Map<?, ?> map)) {
                throw wrong(field, "has to be a list of maps");
            }
            all.add(new Component(Values.asMap(map), place));
        }
        return all;
    }

    /** A list as it stands there; empty if it is missing. */
    public List<Object> list(String field) {
        Object value = raw(field);
        return switch (value) {
            case None ignored -> List.of();
            case List<?> list -> Values.asList(list);
            default -> throw wrong(field, "has to be a list");
        };
    }

    /** The texts of a list; a single text counts as a list of one. */
    public List<String> texts(String field) {
        Object value = raw(field);
        if (value instanceof String text) {
            return List.of(text);
        }
        List<String> texts = new ArrayList<>();
        for (Object each : list(field)) {
            texts.add(Values.str(each));
        }
        return texts;
    }

    /** The same component with a field set. */
    public Component with(String field, Object value) {
        Map<Object, Object> copy = new LinkedHashMap<>(values);
        copy.put(field, value);
        return new Component(copy, where);
    }

    /** The same without a field. */
    public Component without(String field) {
        Map<Object, Object> fewer = new LinkedHashMap<>(values);
        fewer.remove(field);
        return new Component(fewer, where);
    }

    /** The problem of a field that is missing. */
    public ProblemException missing(String field) {
        return wrong(field, "is missing");
    }

    /** The problem of a field that cannot be used as it is. */
    public ProblemException wrong(String field, String why) {
        return Problem.of("E_MANIFEST", ProblemKind.CONFIG, "the manifest cannot be used: `" + field + "` " + why)
                .at(where.isEmpty() ? "/" : where)
                .because(type().isEmpty() ? null : "in a " + type())
                .exception();
    }

    /** The problem of a component that this engine does not have. */
    public ProblemException unsupported() {
        Optional<String> custom = optionalText("class_name");
        Problem problem = custom.isPresent()
                ? Problem.of(
                        "E_CUSTOM_CODE",
                        ProblemKind.CONFIG,
                        "the manifest needs the Python class " + custom.get() + ", for which there is no port")
                : Problem.of("E_MANIFEST", ProblemKind.CONFIG, "the component type " + type() + " is not known");
        return problem.at(where.isEmpty() ? "/" : where)
                .fix(
                        custom.isPresent()
                                ? "leave the stream out, or run the connector as its image or package, or with the"
                                        + " official runner: {pypi: airbyte-cdk, manifest: ./FILE, components:"
                                        + " ./components.py}"
                                : null)
                .exception();
    }
}
