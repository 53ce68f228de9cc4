package dev.sluice.connector.file.xml;

import java.util.List;

/**
 * Which elements of a document are its records.
 *
 * @param steps the names from the outermost element on, or one name for elements anywhere
 * @param anywhere true if the elements may stand anywhere
 */
public record XmlPath(List<String> steps, boolean anywhere) {
    public XmlPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.stream().anyMatch(String::isBlank) || (anywhere && steps.size() > 1)) {
            throw new IllegalArgumentException("a path of elements has names with slashes between them");
        }
    }

    /** A name such as {@code item}, or a path such as {@code /feed/entry}. */
    public static XmlPath of(String notation) {
        boolean anywhere = notation.indexOf('/') < 0;
        String path = notation.startsWith("/") ? notation.substring(1) : notation;
        return new XmlPath(List.of(path.split("/", -1)), anywhere);
    }

    /** The path in words. */
    public String notation() {
        return anywhere ? steps.getFirst() : "/" + String.join("/", steps);
    }

    /** True if an element with these names from the outermost one on is a record. */
    boolean matches(List<String> names) {
        return anywhere ? names.getLast().equals(steps.getFirst()) : names.equals(steps);
    }
}
