package dev.sluice.lowcode.trial;

import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.spi.workbench.FoundSchema;
import dev.sluice.spi.workbench.SchemaDifference;
import dev.sluice.spi.workbench.TestWarning;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What to look at although a test went through. */
public final class Doubts {
    private static final int NAMED = 5;

    private final Subject subject;
    private final List<TestWarning> warnings = new ArrayList<>();

    /**
     * What was tried out.
     *
     * @param path the place of the stream as a path
     * @param primaryKey the paths of its key
     * @param cursor the field of its cursor; empty if it has none
     * @param isPaged true if it has a paginator
     * @param isDeclared true if it declares fields
     */
    public record Subject(
            String path, List<List<String>> primaryKey, String cursor, boolean isPaged, boolean isDeclared) {}

    private Doubts(Subject subject) {
        this.subject = subject;
    }

    /**
     * Looks at a test.
     *
     * @param slices the records of each page of each slice
     * @param onePage true if the limits let only one page of a slice through
     */
    public static List<TestWarning> of(
            Subject subject, List<List<List<Map<Object, Object>>>> slices, FoundSchema schema, boolean onePage) {
        Doubts doubts = new Doubts(subject);
        List<Map<Object, Object>> records =
                slices.stream().flatMap(List::stream).flatMap(List::stream).toList();
        if (records.isEmpty()) {
            doubts.add(
                    "no_records",
                    "the stream gave no records",
                    "look at the response, then at the record selector, its filter and the range of time",
                    "retriever/record_selector");
            return doubts.warnings;
        }
        doubts.key(records);
        doubts.cursor(records);
        doubts.pages(slices, onePage);
        doubts.schema(schema);
        return doubts.warnings;
    }

    private void add(String code, String message, String next, String part) {
        warnings.add(
                new TestWarning(code, message, next, part.isEmpty() ? subject.path() : subject.path() + "/" + part));
    }

    private static boolean isNothing(Object value) {
        return value instanceof None;
    }

    private void key(List<Map<Object, Object>> records) {
        if (subject.primaryKey().isEmpty()) {
            add(
                    "key_missing",
                    "the stream has no primary key, so records that come twice are kept twice",
                    "choose the fields that tell records apart",
                    "primary_key");
            return;
        }
        Set<String> seen = new HashSet<>();
        int without = 0;
        int twice = 0;
        for (Map<Object, Object> record : records) {
            List<Object> key = subject.primaryKey().stream()
                    .map(path -> Dpath.get(record, path, None.NONE))
                    .toList();
            if (key.stream().anyMatch(Doubts::isNothing)) {
                without++;
            } else if (!seen.add(JsonValues.canonical(key))) {
                twice++;
            }
        }
        String name = subject.primaryKey().stream()
                .map(path -> String.join(".", path))
                .collect(Collectors.joining(", "));
        if (without > 0) {
            add(
                    "key_missing",
                    without + " of " + records.size() + " records have no value for the primary key " + name,
                    "choose fields that every record has",
                    "primary_key");
        }
        if (twice > 0) {
            add(
                    "key_not_unique",
                    twice + " of " + records.size() + " records have a primary key (" + name
                            + ") that another one has too",
                    "add the field that tells them apart, such as that of the parent; or look whether pages overlap",
                    "primary_key");
        }
    }

    private void cursor(List<Map<Object, Object>> records) {
        if (subject.cursor().isEmpty()) {
            return;
        }
        long without = records.stream()
                .filter(record -> isNothing(Dpath.get(record, List.of(subject.cursor()), None.NONE)))
                .count();
        if (without > 0) {
            add(
                    "cursor_missing",
                    without + " of " + records.size() + " records have no value for the cursor " + subject.cursor(),
                    "choose a field that every record has at its top level",
                    "incremental_sync/cursor_field");
        }
    }

    private void pages(List<List<List<Map<Object, Object>>>> slices, boolean onePage) {
        if (!subject.isPaged()) {
            return;
        }
        if (!onePage && slices.stream().allMatch(pages -> pages.size() < 2)) {
            add(
                    "page_two_not_reached",
                    "no slice had a second page, so the pagination was not tried out",
                    "make the pages smaller, or test a slice with more records",
                    "retriever/paginator");
        }
        boolean equal = slices.stream()
                .anyMatch(pages -> pages.size() > 1
                        && !pages.getFirst().isEmpty()
                        && JsonValues.canonical(pages.get(0)).equals(JsonValues.canonical(pages.get(1))));
        if (equal) {
            add(
                    "pages_equal",
                    "page 1 and page 2 have the same records",
                    "look at the request of page 2: the service does not understand how the page is asked for",
                    "retriever/paginator");
        }
    }

    private void schema(FoundSchema schema) {
        if (!subject.isDeclared()) {
            add(
                    "schema_missing",
                    "the stream declares no fields, so each record becomes one column of JSON",
                    "take over the detected schema",
                    "schema_loader");
            return;
        }
        told(
                schema,
                SchemaDifference.Kind.TYPE,
                "fields have values that their declared type does not have: ",
                "schema_mismatch");
        told(
                schema,
                SchemaDifference.Kind.ADDED,
                "fields are not declared and would not be copied: ",
                "schema_incomplete");
    }

    private void told(FoundSchema schema, SchemaDifference.Kind kind, String what, String code) {
        List<String> names = schema.differences().stream()
                .filter(each -> each.kind() == kind)
                .map(SchemaDifference::path)
                .toList();
        if (!names.isEmpty()) {
            String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
            add(
                    code,
                    what + String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + more,
                    "compare the detected schema with the declared one",
                    "schema_loader");
        }
    }
}
