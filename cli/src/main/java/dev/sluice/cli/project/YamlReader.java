package dev.sluice.cli.project;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads YAML 1.2 into values that know their place.
 *
 * <p>The file is not trusted: its size, its depth and what its aliases grow to are bounded, and no tag makes an object.
 */
final class YamlReader {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_LEVELS = 40;
    private static final int MOST_VALUES = 100_000;

    private final String file;
    private int values;

    private YamlReader(String file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param path where it is
     * @param label how the user named it, for messages
     */
    static Yaml.Mapping read(Path path, String label) {
        return new YamlReader(label).parse(text(path, label));
    }

    /** Reads a text as if it were a file of this name. */
    static Yaml.Mapping parse(String label, String text) {
        return new YamlReader(label).parse(text);
    }

    private static String text(Path path, String label) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw unreadable(label, "it is larger than 1 MiB, which no project file is", null);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException missing) {
            throw Problem.of("E_PROJECT", ProblemKind.CONFIG, "there is no such project file")
                    .at(label)
                    .fix("name the file, as in `sluice sync shop.yaml`, or copy data without one: `sluice run --help`")
                    .exception(missing);
        } catch (CharacterCodingException notUtf8) {
            throw unreadable(label, "it is not UTF-8 text", notUtf8);
        } catch (IOException cause) {
            String why = Files.isDirectory(path) ? "it is a directory" : String.valueOf(cause.getMessage());
            throw unreadable(label, why, cause);
        }
    }

    private static RuntimeException unreadable(String label, String why, @Nullable Throwable cause) {
        return Problem.of("E_PROJECT", ProblemKind.CONFIG, "the project file cannot be read")
                .at(label)
                .because(why)
                .exception(cause);
    }

    private Yaml.Mapping parse(String text) {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(MOST_BYTES)
                .setMaxAliasesForCollections(100)
                .setAllowNonScalarKeys(true)
                .build();
        try {
            checkDepth(settings, plain);
            Optional<Node> root = new Compose(settings).composeString(plain);
            if (root.isEmpty()) {
                throw new Place(file, 1, 1).problem("the project file is empty").exception();
            }
            return value(root.get(), 0).mapping("a project file");
        } catch (MarkedYamlEngineException notYaml) {
            throw syntax(notYaml);
        } catch (ReaderException strange) {
            throw unreadable(file, "there is a character that YAML does not allow: " + strange.getCodePoint(), strange);
        } catch (YamlEngineException notYaml) {
            throw unreadable(file, String.valueOf(notYaml.getMessage()), notYaml);
        }
    }

    /** Before anything that calls itself for each level: a stack overflow is no way to say no. */
    private void checkDepth(LoadSettings settings, String text) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            if (depth > MOST_LEVELS) {
                throw tooDeep(place(event.getStartMark()));
            }
        }
    }

    private static RuntimeException tooDeep(Place place) {
        return place.problem("the values are nested more than " + MOST_LEVELS + " levels deep")
                .exception();
    }

    /** The parser's own message would quote the line, which may hold a secret. */
    private RuntimeException syntax(MarkedYamlEngineException notYaml) {
        Place place = place(notYaml.getProblemMark().or(notYaml::getContextMark));
        String context = notYaml.getContext() == null ? "" : notYaml.getContext() + ": ";
        return place.problem("this is not valid YAML")
                .because(context + notYaml.getProblem())
                .fix("look at the indentation and the quotes of this line and the one before")
                .exception(notYaml);
    }

    private Yaml value(Node node, int depth) {
        Place place = place(node.getStartMark());
        if (depth > MOST_LEVELS) {
            throw tooDeep(place);
        }
        if (++values > MOST_VALUES) {
            throw place.problem("the file holds more than " + MOST_VALUES + " values")
                    .because("aliases that refer to each other multiply them")
                    .exception();
        }
        return switch (node) {
            case ScalarNode scalar -> new Yaml.Scalar(place, scalar(scalar, place));
            case SequenceNode sequence -> {
                List<Yaml> elements = new ArrayList<>();
                sequence.getValue().forEach(element -> elements.add(value(element, depth + 1)));
                yield new Yaml.Sequence(place, elements);
            }
            case MappingNode mapping -> mapping(mapping, place, depth);
            case AnchorNode anchor -> value(anchor.getRealNode(), depth + 1);
            default -> throw place.problem("this value is of an unknown kind").exception();
        };
    }

    private Yaml.Mapping mapping(MappingNode node, Place place, int depth) {
        Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Place keyPlace = place(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                throw keyPlace.problem("a name has to be a text").exception();
            }
            String key = keyNode.getValue();
            Yaml.Entry entry = new Yaml.Entry(keyPlace, key, value(tuple.getValueNode(), depth + 1));
            Yaml.Entry earlier = entries.putIfAbsent(key, entry);
            if (earlier != null) {
                throw keyPlace.problem("`" + key + "` is there twice")
                        .because(
                                "the first one is in line " + earlier.keyPlace().line())
                        .exception();
            }
        }
        return new Yaml.Mapping(place, entries);
    }

    private static @Nullable Object scalar(ScalarNode node, Place place) {
        Tag tag = node.getTag();
        String text = node.getValue();
        if (tag.equals(Tag.STR)) {
            return text;
        }
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return Boolean.valueOf(text);
        }
        if (tag.equals(Tag.INT) && text.matches("-?[0-9]{1,40}")) {
            BigInteger number = new BigInteger(text);
            return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
        }
        if (tag.equals(Tag.FLOAT) && text.matches("-?[0-9.]{1,40}([eE][-+]?[0-9]{1,3})?")) {
            return new BigDecimal(text);
        }
        throw place.problem("the value has the type " + tag.getValue() + ", which a project file does not use")
                .fix("write it as text, in quotes")
                .exception();
    }

    private Place place(Optional<Mark> mark) {
        return mark.map(there -> new Place(file, there.getLine() + 1, there.getColumn() + 1))
                .orElseGet(() -> new Place(file, 1, 1));
    }
}
