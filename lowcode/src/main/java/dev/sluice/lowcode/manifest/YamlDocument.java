package dev.sluice.lowcode.manifest;

import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML into values, with the scalars of version 1.1 as Python's reader has them: {@code yes} is true, {@code 010} is
 * eight, an unquoted day is a date. Of a key that stands twice the last counts; {@code <<} merges. What an alias multiplies
 * counts as often as it appears, so a small text cannot become a huge tree.
 */
final class YamlDocument {
    private static final int MOST_CHARACTERS = 32 << 20;
    private static final long MOST_NODES = 3_000_000;
    private static final int MOST_DEPTH = 100;

    private record Anchored(Object value, long nodes) {}

    private final String name;
    private final Iterator<Event> events;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private long nodes;

    private YamlDocument(String name, Iterator<Event> events) {
        this.name = name;
        this.events = events;
    }

    /**
     * Reads one document.
     *
     * @param name what messages call it
     * @throws ProblemException of kind {@code CONFIG} if it is none, or exceeds a limit
     */
    static Object read(String name, String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw problem(name, "it has more than " + MOST_CHARACTERS + " characters", null);
        }
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(MOST_CHARACTERS)
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                .setAllowDuplicateKeys(true)
                .setUseMarks(true)
                .setLabel(name)
                .build();
        try {
            Iterator<Event> events = new Parse(settings).parseString(text).iterator();
            return new YamlDocument(name, events).document();
        } catch (MarkedYamlEngineException wrong) {
            String place = wrong.getProblemMark()
                    .map(mark -> name + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                    .orElse(name);
            throw problem(place, wrong.getProblem(), wrong);
        } catch (YamlEngineException wrong) {
            throw problem(
                    name, String.valueOf(wrong.getMessage()).lines().findFirst().orElse(""), wrong);
        }
    }

    private static ProblemException problem(String place, String why, @Nullable Throwable cause) {
        return Problem.of("E_MANIFEST_YAML", ProblemKind.CONFIG, "the manifest is no YAML that can be read")
                .at(place)
                .because(why)
                .exception(cause);
    }

    private Object document() {
        Object value = None.NONE;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {}
                case Alias, Scalar, SequenceStart, MappingStart -> value = node(event, 0);
                case SequenceEnd, MappingEnd -> throw refused(event, "an end without a beginning");
            }
        }
        return value;
    }

    private ProblemException refused(Event event, String why) {
        String place = event.getStartMark()
                .map(mark -> name + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                .orElse(name);
        return problem(place, why, null);
    }

    private Object node(Event event, int depth) {
        if (depth > MOST_DEPTH) {
            throw refused(event, "it is more than " + MOST_DEPTH + " levels deep");
        }
        if (++nodes > MOST_NODES) {
            throw refused(
                    event, "it has more than " + MOST_NODES + " values, aliases counted as often as they are used");
        }
        long before = nodes;
        return switch (event) {
            case AliasEvent alias -> {
                Anchored anchored = anchors.get(alias.getAlias().getValue());
                if (anchored == null) {
                    throw refused(event, "the anchor " + alias.getAlias().getValue() + " is not known");
                }
                nodes += anchored.nodes;
                if (nodes > MOST_NODES) {
                    throw refused(event, "its aliases make it a tree of more than " + MOST_NODES + " values");
                }
                yield Values.copy(anchored.value);
            }
            case ScalarEvent scalar -> {
                Object value = scalar(scalar);
                scalar.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(value, 1)));
                yield value;
            }
            case SequenceStartEvent start -> {
                List<Object> list = sequence(depth);
                start.getAnchor()
                        .ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(list, nodes - before + 1)));
                yield list;
            }
            case MappingStartEvent start -> {
                Map<Object, Object> map = mapping(start, depth);
                start.getAnchor()
                        .ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(map, nodes - before + 1)));
                yield map;
            }
            default -> throw refused(event, "a value is expected");
        };
    }

    private List<Object> sequence(int depth) {
        List<Object> list = new ArrayList<>();
        while (true) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.SequenceEnd) {
                return list;
            }
            if (event.getEventId() != Event.ID.Comment) {
                list.add(node(event, depth + 1));
            }
        }
    }

    private Map<Object, Object> mapping(Event start, int depth) {
        Map<Object, Object> own = new LinkedHashMap<>();
        List<Map<Object, Object>> merged = new ArrayList<>();
        while (true) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.MappingEnd) {
                break;
            }
            if (event.getEventId() == Event.ID.Comment) {
                continue;
            }
            boolean merges = event instanceof ScalarEvent scalar
                    && scalar.isPlain()
                    && scalar.getValue().equals("<<");
            Object key = node(event, depth + 1);
            if (key instanceof Map<?, ?> || key instanceof List<?>) {
                throw refused(event, "a key has to be a text or a number");
            }
            Object value = node(events.next(), depth + 1);
            if (merges) {
                merge(start, value, merged);
            } else {
                own.put(key, value);
            }
        }
        if (merged.isEmpty()) {
            return own;
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        merged.reversed().forEach(map::putAll);
        map.putAll(own);
        return map;
    }

    private void merge(Event start, Object value, List<Map<Object, Object>> merged) {
        switch (value) {
            case Map<?, ?> map -> merged.add(Values.asMap(map));
            case List<?> list -> list.forEach(each -> merge(start, each, merged));
            default -> throw refused(start, "only maps can be merged with <<");
        }
    }

    private static final Set<String> NUMBERS =
            Set.of("tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool");

    private Object scalar(ScalarEvent scalar) {
        Optional<String> tag = scalar.getTag();
        if (tag.isPresent() && !tag.get().equals("!") && !NUMBERS.contains(tag.get())) {
            return scalar.getValue();
        }
        if (tag.isEmpty() && scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return scalar.getValue();
        }
        Object value = YamlScalars.plain(scalar.getValue());
        boolean real = tag.isPresent() && tag.get().endsWith(":float");
        return real && value instanceof Long whole ? (Object) whole.doubleValue() : value;
    }
}
