package dev.sluice.connector.file.excel;

import dev.sluice.connector.file.xml.XmlEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** What the numbers of cells stand for, by the formats that the styles of a workbook give them. */
final class NumberFormats {
    /** What a number stands for. */
    enum Kind {
        /** A number. */
        NUMBER,
        /** A day. */
        DATE,
        /** A time of day. */
        TIME,
        /** A day and a time. */
        DATE_TIME,
        /** Hours, minutes or seconds, of which there may be many. */
        DURATION
    }

    private static final int MOST_STYLES = 100_000;

    private final List<Kind> kinds;

    private NumberFormats(List<Kind> kinds) {
        this.kinds = kinds;
    }

    /** Without styles all are numbers. */
    static NumberFormats none() {
        return new NumberFormats(List.of());
    }

    /** Reads the part with the styles. */
    static NumberFormats read(XmlEvents events) throws IOException {
        Map<String, String> codes = new HashMap<>();
        List<Kind> kinds = new ArrayList<>();
        boolean cells = false;
        for (int event = events.next(); event != XMLStreamConstants.END_DOCUMENT; event = events.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                XMLStreamReader at = events.at();
                String name = at.getLocalName();
                cells |= name.equals("cellXfs");
                if (name.equals("numFmt") && codes.size() < MOST_STYLES) {
                    codes.put(
                            String.valueOf(at.getAttributeValue(null, "numFmtId")),
                            String.valueOf(at.getAttributeValue(null, "formatCode")));
                } else if (cells && name.equals("xf") && kinds.size() < MOST_STYLES) {
                    kinds.add(kind(at.getAttributeValue(null, "numFmtId"), codes));
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && events.at().getLocalName().equals("cellXfs")) {
                cells = false;
            }
        }
        return new NumberFormats(kinds);
    }

    private static Kind kind(@Nullable String id, Map<String, String> codes) {
        @Nullable String code = codes.get(id);
        if (code != null) {
            return ofCode(code);
        }
        return switch (String.valueOf(id)) {
            case "14", "15", "16", "17", "27", "28", "29", "30", "31", "34", "35", "36", "50", "51", "52", "53", "54" ->
                Kind.DATE;
            case "55", "56", "57", "58" -> Kind.DATE;
            case "18", "19", "20", "21", "32", "33", "45", "47" -> Kind.TIME;
            case "22" -> Kind.DATE_TIME;
            case "46" -> Kind.DURATION;
            default -> Kind.NUMBER;
        };
    }

    /** What a format code such as {@code yyyy-mm-dd} shows. */
    static Kind ofCode(String code) {
        boolean date = false;
        boolean time = false;
        boolean months = false;
        boolean digits = false;
        String letters = code.toLowerCase(Locale.ROOT);
        for (int i = 0; i < letters.length() && letters.charAt(i) != ';'; i++) {
            char letter = letters.charAt(i);
            switch (letter) {
                case '"' -> i = end(letters, '"', i);
                case '\\', '_', '*' -> i++;
                case '[' -> {
                    int close = end(letters, ']', i);
                    if (letters.substring(i + 1, close).matches("h+|m+|s+")) {
                        return Kind.DURATION;
                    }
                    i = close;
                }
                case 'y', 'd' -> date = true;
                case 'h', 's' -> time = true;
                case 'm' -> months = true;
                case '0', '#', '?' -> digits = true;
                default -> {
                    // It stands for itself.
                }
            }
        }
        if (letters.startsWith("general") || (digits && !date && !time)) {
            return Kind.NUMBER;
        }
        boolean day = date || (months && !time);
        return day ? time ? Kind.DATE_TIME : Kind.DATE : time ? Kind.TIME : Kind.NUMBER;
    }

    private static int end(String text, char closing, int from) {
        int close = text.indexOf(closing, from + 1);
        return close < 0 ? text.length() - 1 : close;
    }

    /** What numbers of a style stand for. */
    Kind of(int style) {
        return style >= 0 && style < kinds.size() ? kinds.get(style) : Kind.NUMBER;
    }
}
