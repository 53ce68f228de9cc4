package dev.sluice.lowcode.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/** Where the parts of a manifest stand in its text. A part that stands behind a reference is found where that leads. */
public final class Lines {
    private static final int MOST_REFERENCES = 50;

    private final Node root;

    /**
     * A place in a text.
     *
     * @param line the line, from 1
     * @param column the column, from 1
     */
    public record Place(int line, int column) {}

    private sealed interface Node {
        Place at();
    }

    private record Scalar(Place at, String text) implements Node {}

    private record Items(Place at, List<Node> nodes) implements Node {}

    /** The members of a map; each with the place of its key. */
    private record Members(Place at, Map<String, Member> nodes) implements Node {}

    private record Member(Place at, Node node) {}

    private Lines(Node root) {
        this.root = root;
    }

    /**
     * The lines of a manifest.
     *
     * @param name what messages call it
     * @throws dev.sluice.spi.problem.ProblemException if it is no YAML or exceeds a limit
     */
    public static Lines of(String name, String text) {
        YamlDocument.read(name, text);
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(Integer.MAX_VALUE)
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                .setAllowDuplicateKeys(true)
                .setUseMarks(true)
                .build();
        return new Lines(new Reader(new Parse(settings).parseString(text).iterator()).document());
    }

    /** The place of a part, or that of the nearest part around it. */
    public Place of(String path) {
        Place nearest = root.at();
        Node node = root;
        for (String step : path.replaceFirst("^/", "").split("/", -1)) {
            Optional<Member> next = step.isEmpty() ? Optional.empty() : step(node, step, 0);
            if (next.isEmpty()) {
                return nearest;
            }
            nearest = next.get().at();
            node = next.get().node();
        }
        return nearest;
    }

    private Optional<Member> step(Node node, String step, int depth) {
        if (depth > MOST_REFERENCES) {
            return Optional.empty();
        }
        return switch (node) {
            case Items items -> {
                int index = step.matches("\\d{1,6}") ? Integer.parseInt(step) : Integer.MAX_VALUE;
                yield index < items.nodes().size()
                        ? Optional.of(new Member(
                                items.nodes().get(index).at(), items.nodes().get(index)))
                        : Optional.empty();
            }
            case Members members -> {
                Member own = members.nodes().get(step);
                if (own != null) {
                    yield Optional.of(own);
                }
                Member reference = members.nodes().get("$ref");
                Member merged = members.nodes().get("<<");
                Optional<Member> found = reference == null
                        ? Optional.empty()
                        : target(reference.node(), depth).flatMap(node2 -> step(node2, step, depth + 1));
                yield found.isPresent() || merged == null ? found : step(merged.node(), step, depth + 1);
            }
            case Scalar scalar -> target(scalar, depth).flatMap(there -> step(there, step, depth + 1));
        };
    }

    private Optional<Node> target(Node reference, int depth) {
        if (!(reference instanceof Scalar(Place ignored, String text)) || !text.startsWith("#/")) {
            return Optional.empty();
        }
        Node node = root;
        for (String step : text.substring(2).split("/", -1)) {
            Optional<Member> next = step(node, step, depth + 1);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            node = next.get().node();
        }
        return Optional.of(node);
    }

    private static final class Reader {
        private final Iterator<Event> events;
        private final Map<String, Node> anchors = new HashMap<>();

        Reader(Iterator<Event> events) {
            this.events = events;
        }

        Node document() {
            Node found = new Scalar(new Place(1, 1), "");
            while (events.hasNext()) {
                Event event = events.next();
                switch (event.getEventId()) {
                    case Alias, Scalar, SequenceStart, MappingStart -> found = node(event);
                    default -> {}
                }
            }
            return found;
        }

        private static Place place(Event event) {
            return event.getStartMark()
                    .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1))
                    .orElse(new Place(1, 1));
        }

        private Node node(Event event) {
            Place at = place(event);
            return switch (event) {
                case AliasEvent alias -> anchors.getOrDefault(alias.getAlias().getValue(), new Scalar(at, ""));
                case SequenceStartEvent start -> {
                    List<Node> nodes = new ArrayList<>();
                    for (Event next = next(); next.getEventId() != Event.ID.SequenceEnd; next = next()) {
                        nodes.add(node(next));
                    }
                    Node list = new Items(at, nodes);
                    start.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), list));
                    yield list;
                }
                case MappingStartEvent start -> {
                    Map<String, Member> nodes = new LinkedHashMap<>();
                    for (Event next = next(); next.getEventId() != Event.ID.MappingEnd; next = next()) {
                        String key = node(next) instanceof Scalar scalar ? scalar.text() : "";
                        nodes.put(key, new Member(place(next), node(next())));
                    }
                    Node map = new Members(at, nodes);
                    start.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), map));
                    yield map;
                }
                case ScalarEvent scalar -> {
                    Node text = new Scalar(at, scalar.getValue());
                    scalar.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), text));
                    yield text;
                }
                default -> new Scalar(at, "");
            };
        }

        private Event next() {
            @Nullable Event event = null;
            while (event == null || event.getEventId() == Event.ID.Comment) {
                event = events.next();
            }
            return event;
        }
    }
}
