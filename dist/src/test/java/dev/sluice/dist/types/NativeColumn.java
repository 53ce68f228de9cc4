package dev.sluice.dist.types;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of a type that a source knows, and values of it. For one thread.
 *
 * <pre>{@code
 * NativeColumn.of("bigint unsigned").plain("0", "18446744073709551615")
 * }</pre>
 */
final class NativeColumn {
    private final String type;
    private final String label;
    private final List<Sample> samples = new ArrayList<>();

    private NativeColumn(String type, String label) {
        this.type = type;
        this.label = label;
    }

    /**
     * A value.
     *
     * @param input how the source is told it: an expression, or what stands in the file
     * @param quoted true if the input is a text that the source has to put into quotes first
     * @param text what the source holds, as text; null if it holds what no other system knows, which has to become null
     */
    record Sample(String input, boolean quoted, @Nullable String text) {}

    /** A column of a type as the source spells it. */
    static NativeColumn of(String type) {
        return new NativeColumn(type, type);
    }

    /** A column of a type that the page calls otherwise. */
    static NativeColumn of(String type, String label) {
        return new NativeColumn(type, label);
    }

    /** Adds values that the source is told by their text. */
    NativeColumn plain(String... texts) {
        for (String text : texts) {
            samples.add(new Sample(text, true, text));
        }
        return this;
    }

    /** Adds a value that the source is told by another text. */
    NativeColumn plainAs(String input, String text) {
        samples.add(new Sample(input, true, text));
        return this;
    }

    /** Adds a value that the source is told otherwise. */
    NativeColumn made(String input, String text) {
        samples.add(new Sample(input, false, text));
        return this;
    }

    /** Adds a value that the source itself cannot give to anybody. */
    NativeColumn lost(String input) {
        samples.add(new Sample(input, false, null));
        return this;
    }

    /** How the source spells the type. */
    String type() {
        return type;
    }

    /** What the page calls it. */
    String label() {
        return label;
    }

    /** The values, in order. */
    List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** The name of the column at this place of a table. */
    static String name(int place) {
        return "c" + place;
    }

    /** How many rows a table needs so that each column has all its values, and one of nulls. */
    static int rows(List<NativeColumn> columns) {
        return 1
                + columns.stream()
                        .mapToInt(column -> column.samples.size())
                        .max()
                        .orElse(0);
    }

    /** The value of a row, counted from 0; null if the column has no such value. */
    @Nullable
    Sample sample(int row) {
        return row < samples.size() ? samples.get(row) : null;
    }
}
