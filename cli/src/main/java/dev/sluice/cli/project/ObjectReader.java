package dev.sluice.cli.project;

import dev.sluice.engine.connection.ObjectSettings;
import dev.sluice.engine.connection.ObjectSettings.MappedField;
import dev.sluice.engine.connection.ObjectSettings.Nulls;
import dev.sluice.engine.connection.ObjectSettings.Origin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads which objects the rows of a stream become: {@code object}, {@code matching}, {@code map} and {@code nulls}. */
final class ObjectReader {
    /** What it reads of the settings of a stream. */
    static final List<String> SETTINGS = List.of("object", "matching", "map", "nulls", "maxDeletedPercent");

    private ObjectReader() {}

    /** The objects; null if the stream is copied into a place of its own. */
    static @Nullable ObjectSettings read(Yaml.Mapping settings) {
        Yaml object = settings.find("object").orElse(null);
        if (object == null) {
            for (String alone : List.of("matching", "map", "nulls", "maxDeletedPercent")) {
                settings.find(alone).ifPresent(value -> {
                    throw value.place()
                            .problem("`" + alone + "` stands without an `object`")
                            .fix("say which objects the rows become: `object: crm.contacts`")
                            .exception();
                });
            }
            return null;
        }
        Nulls usual = settings.find("nulls").map(ObjectReader::nulls).orElse(Nulls.CLEAR);
        List<MappedField> fields = new ArrayList<>();
        settings.get("map", "a stream with an `object`")
                .mapping("`map`")
                .entries()
                .forEach((to, entry) -> fields.add(field(to, entry.value(), usual)));
        return new ObjectSettings(
                object.text("`object`"),
                settings.find("matching").map(key -> key.texts("`matching`")).orElse(List.of()),
                fields,
                settings.find("maxDeletedPercent")
                        .map(ObjectReader::percent)
                        .orElse(ObjectSettings.USUAL_DELETED_PERCENT));
    }

    private static Double percent(Yaml value) {
        if (value instanceof Yaml.Scalar(Place _, Number given)
                && given.doubleValue() >= 0
                && given.doubleValue() <= 100) {
            return given.doubleValue();
        }
        throw value.place()
                .problem("`maxDeletedPercent` takes a number from 0 to 100")
                .exception();
    }

    private static Nulls nulls(Yaml value) {
        return value.word("`nulls`", List.of("clear", "keep")).equals("keep") ? Nulls.KEEP : Nulls.CLEAR;
    }

    private static MappedField field(String to, Yaml value, Nulls usual) {
        if (!(value instanceof Yaml.Mapping settings)) {
            return new MappedField(to, new Origin.SourceField(value.text("the field of " + to)), usual);
        }
        settings.requireKeys("a mapped field", List.of("field", "constant", "expression", "nulls"));
        List<Origin> origins = new ArrayList<>();
        settings.find("field").ifPresent(name -> origins.add(new Origin.SourceField(name.text("`field`"))));
        settings.find("constant").ifPresent(constant -> origins.add(new Origin.Constant(constant(constant))));
        settings.find("expression")
                .ifPresent(expression -> origins.add(new Origin.Computed(expression.text("`expression`"))));
        if (origins.size() != 1) {
            throw value.place()
                    .problem("the field " + to + " needs one origin")
                    .fix("name one of `field`, `constant` and `expression`")
                    .exception();
        }
        return new MappedField(
                to,
                origins.getFirst(),
                settings.find("nulls").map(ObjectReader::nulls).orElse(usual));
    }

    private static Object constant(Yaml value) {
        return value instanceof Yaml.Scalar(Place _, Object given)
                        && (given instanceof Boolean || given instanceof Number)
                ? given
                : value.text("`constant`");
    }
}
