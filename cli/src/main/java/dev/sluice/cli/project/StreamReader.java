package dev.sluice.cli.project;

import dev.sluice.engine.connection.FieldSelection;
import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.connection.RowRules;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.map.MapperSetting;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.problem.NearNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the streams of a connection. */
final class StreamReader {
    private static final List<String> SETTINGS = Stream.concat(
                    Stream.of("mode", "cursor", "primaryKey", "fields", "as", "lossy", "rejects", "strict", "mappers"),
                    ObjectReader.SETTINGS.stream())
            .toList();

    private StreamReader() {}

    /**
     * All streams by default; a mapping of names to settings; or a list of names and settings with a name.
     *
     * @param usual what becomes of bad records where a stream says nothing or only a part
     */
    static List<StreamSettings> read(@Nullable Yaml streams, RejectRules usual) {
        if (streams == null) {
            return List.of(StreamSettings.of("*"));
        }
        return switch (streams) {
            case Yaml.Scalar scalar -> List.of(StreamSettings.of(scalar.text("`streams`")));
            case Yaml.Mapping mapping -> {
                List<StreamSettings> read = new ArrayList<>();
                mapping.entries().forEach((name, entry) -> read.add(stream(name, entry.value(), usual)));
                yield read;
            }
            case Yaml.Sequence(Place ignored, List<Yaml> elements) -> list(elements, usual);
        };
    }

    private static List<StreamSettings> list(List<Yaml> elements, RejectRules usual) {
        List<StreamSettings> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Yaml element : elements) {
            String name = element instanceof Yaml.Mapping mapping
                    ? mapping.get("name", "a stream in a list").text("`name`")
                    : element.text("a stream in a list");
            if (!names.add(name)) {
                throw element.place()
                        .problem("the stream " + name + " is there twice")
                        .exception();
            }
            read.add(
                    element instanceof Yaml.Mapping mapping
                            ? stream(name, without("name", mapping), usual)
                            : StreamSettings.of(name));
        }
        return read;
    }

    private static Yaml.Mapping without(String key, Yaml.Mapping mapping) {
        Yaml.Mapping copy = new Yaml.Mapping(mapping.place(), mapping.entries());
        copy.entries().remove(key);
        return copy;
    }

    private static StreamSettings stream(String name, Yaml value, RejectRules usual) {
        if (value.isNull()) {
            return StreamSettings.of(name);
        }
        Yaml.Mapping settings = value.mapping("the stream " + name).alsoKnownAs("primary_key", "primaryKey");
        settings.requireKeys("a stream", SETTINGS);
        return new StreamSettings(
                name,
                settings.find("mode").map(StreamReader::mode).orElse(null),
                settings.find("cursor")
                        .map(cursor -> path(cursor.text("`cursor`")))
                        .orElse(null),
                settings.find("primaryKey").stream()
                        .flatMap(key -> key.texts("`primaryKey`").stream())
                        .map(StreamReader::path)
                        .toList(),
                settings.find("fields").map(StreamReader::fields).orElseGet(FieldSelection.All::new),
                settings.find("as").map(alias -> alias.text("`as`")).orElse(null),
                new RowRules(
                        settings.find("lossy").map(StreamReader::lossy).orElse(false),
                        rejects(settings, usual),
                        mappers(settings),
                        ObjectReader.read(settings)));
    }

    private static @Nullable RejectRules rejects(Yaml.Mapping settings, RejectRules usual) {
        boolean own =
                settings.find("rejects").isPresent() || settings.find("strict").isPresent();
        return own ? RejectsReader.ofStream(settings, usual) : null;
    }

    /** What is to be hashed among the fields comes before the mappers. */
    private static List<MapperSetting> mappers(Yaml.Mapping settings) {
        List<MapperSetting> mappers = new ArrayList<>();
        if (settings.find("fields").orElse(null) instanceof Yaml.Mapping fields) {
            fields.find("hash").ifPresent(names -> mappers.addAll(MapperReader.hashes(names)));
        }
        settings.find("mappers").ifPresent(list -> mappers.addAll(MapperReader.read(list)));
        return mappers;
    }

    private static FieldPath path(String name) {
        return FieldPath.of(name);
    }

    private static StreamMode mode(Yaml value) {
        String key = value.text("`mode`");
        List<String> keys = StreamMode.copying().stream().map(StreamMode::key).toList();
        return StreamMode.of(key)
                .orElseThrow(() -> value.place()
                        .problem("`" + key + "` is not a sync mode")
                        .because("the modes are " + StreamMode.keys())
                        .fix(NearNames.nearest(key, keys)
                                .map(near -> "did you mean `" + near + "`?")
                                .orElse(null))
                        .exception());
    }

    private static FieldSelection fields(Yaml value) {
        if (value instanceof Yaml.Sequence) {
            return new FieldSelection.Include(value.texts("`fields`"));
        }
        Yaml.Mapping fields = value.mapping("`fields`");
        fields.requireKeys("`fields`", List.of("include", "exclude", "hash"));
        List<String> include =
                fields.find("include").map(names -> names.texts("`include`")).orElse(null);
        List<String> exclude =
                fields.find("exclude").map(names -> names.texts("`exclude`")).orElse(null);
        if (include != null && exclude != null) {
            throw value.place()
                    .problem("`fields` takes either `include` or `exclude`, not both")
                    .exception();
        }
        if (include != null) {
            return new FieldSelection.Include(include);
        }
        return exclude == null || exclude.isEmpty() ? new FieldSelection.All() : new FieldSelection.Exclude(exclude);
    }

    /** True for consent to lossy columns. */
    static boolean lossy(Yaml value) {
        return value.word("`lossy`", List.of("accept", "refuse")).equals("accept");
    }
}
