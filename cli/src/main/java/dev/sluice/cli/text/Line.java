package dev.sluice.cli.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of styled text. Immutable. Whatever is put in is made harmless first, so no data can carry an escape sequence to
 * the terminal.
 */
public final class Line {
    private static final Line EMPTY = new Line(List.of());

    private final List<Span> spans;

    private record Span(Style style, String text) {}

    private Line(List<Span> spans) {
        this.spans = spans;
    }

    /** A line without text. */
    public static Line empty() {
        return EMPTY;
    }

    /** A line of plain text. */
    public static Line of(String text) {
        return EMPTY.plus(text);
    }

    /** A line of text in one style. */
    public static Line of(Style style, String text) {
        return EMPTY.plus(style, text);
    }

    /** This line and plain text. */
    public Line plus(String text) {
        return plus(Style.PLAIN, text);
    }

    /** This line and text in a style. */
    public Line plus(Style style, String text) {
        return text.isEmpty() ? this : with(new Span(style, SafeText.of(text)));
    }

    /** This line and another one. */
    public Line plus(Line other) {
        List<Span> all = new ArrayList<>(spans);
        all.addAll(other.spans);
        return new Line(List.copyOf(all));
    }

    /** The number of cells that it takes in a terminal. */
    public int width() {
        return spans.stream().mapToInt(span -> SafeText.width(span.text)).sum();
    }

    /** The line with blanks behind it, or before it, up to a width. */
    public Line padded(int width, boolean toTheRight) {
        int missing = width - width();
        if (missing <= 0) {
            return this;
        }
        Line blanks = of(" ".repeat(missing));
        return toTheRight ? blanks.plus(this) : plus(blanks);
    }

    /** The line cut to a width, with a mark where something is missing. */
    public Line cut(int width, String mark) {
        if (width() <= width) {
            return this;
        }
        int left = Math.max(0, width - SafeText.width(mark));
        Line cut = EMPTY;
        for (Span span : spans) {
            String part = SafeText.beginning(span.text, left);
            cut = cut.with(new Span(span.style, part));
            left -= SafeText.width(part);
            if (part.length() < span.text.length()) {
                break;
            }
        }
        return cut.with(new Span(Style.DIM, mark));
    }

    /** The text for a terminal or a file. */
    public String render(Look look, Redactor redactor) {
        StringBuilder out = new StringBuilder();
        for (Span span : spans) {
            String text = redactor.redact(span.text);
            out.append(look.colour() ? span.style.wrap(text) : text);
        }
        return out.toString();
    }

    private Line with(Span span) {
        List<Span> all = new ArrayList<>(spans);
        all.add(span);
        return new Line(List.copyOf(all));
    }
}
