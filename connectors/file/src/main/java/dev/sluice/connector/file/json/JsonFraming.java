package dev.sluice.connector.file.json;

import java.util.List;
import java.util.Objects;

/** Where the records of a JSON file stand. */
public sealed interface JsonFraming {

    /** Each line is a record. */
    record Lines() implements JsonFraming {}

    /** Values one after the other, each of which may take several lines. */
    record Sequence() implements JsonFraming {}

    /**
     * The elements of an array.
     *
     * @param path the keys that lead from the outermost object to the array; empty if the file is the array
     */
    record Elements(List<String> path) implements JsonFraming {
        public Elements {
            path = List.copyOf(path);
        }
    }

    /** The framing as a word. */
    default String notation() {
        return switch (this) {
            case Lines() -> "lines";
            case Sequence() -> "sequence";
            case Elements(List<String> path) -> "elements";
        };
    }

    /** The framing of a word and, for elements, a path. */
    static JsonFraming of(String notation, List<String> path) {
        Objects.requireNonNull(path);
        return switch (notation) {
            case "lines" -> new Lines();
            case "sequence" -> new Sequence();
            case "elements" -> new Elements(path);
            default -> throw new IllegalArgumentException("no JSON file is framed by " + notation);
        };
    }
}
