package dev.sluice.lowcode.select;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.None;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** CSV with a header line; all values are texts. */
final class CsvText {
    private final String text;
    private final char delimiter;
    private int at;

    private CsvText(String text, char delimiter) {
        this.text = text;
        this.delimiter = delimiter;
    }

    static List<Object> records(Component decoder, String text, Set<String> nulls) {
        String delimiter = decoder.text("delimiter", ",").replace("\\t", "\t");
        if (delimiter.length() != 1) {
            throw decoder.wrong("delimiter", "has to be one character");
        }
        CsvText csv = new CsvText(text.startsWith("\uFEFF") ? text.substring(1) : text, delimiter.charAt(0));
        List<Object> records = new ArrayList<>();
        List<String> header = List.of();
        while (csv.at < csv.text.length()) {
            List<String> row = csv.row();
            if (row.size() == 1 && row.getFirst().isEmpty()) {
                continue;
            }
            if (header.isEmpty()) {
                header = named(decoder, row);
                continue;
            }
            if (row.size() > header.size()) {
                throw Problem.of("E_HTTP_BODY", ProblemKind.DATA, "a line of CSV has more values than there are names")
                        .at(decoder.where())
                        .because("line " + (records.size() + 2) + " has " + row.size() + " values, the first one names "
                                + header.size())
                        .exception();
            }
            Map<Object, Object> record = new LinkedHashMap<>();
            for (int i = 0; i < header.size(); i++) {
                boolean missing = i >= row.size() || nulls.contains(row.get(i));
                record.put(header.get(i), missing ? None.NONE : row.get(i));
            }
            records.add(record);
        }
        return records;
    }

    /** The names of the first line; where they are in the language of the reader, those that stand for them. */
    private static List<String> named(Component decoder, List<String> first) {
        List<String> names = decoder.texts("field_names");
        if (!names.isEmpty() && names.size() != first.size()) {
            throw Problem.of("E_HTTP_BODY", ProblemKind.DATA, "a table of CSV has other columns than it should have")
                    .at(decoder.where())
                    .because("its first line has " + first.size() + " names, and " + names.size() + " are known")
                    .exception();
        }
        return names.isEmpty() ? first : names;
    }

    private List<String> row() {
        List<String> cells = new ArrayList<>();
        while (true) {
            cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
            if (at >= text.length()) {
                return cells;
            }
            char end = text.charAt(at++);
            if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                at++;
            }
            if (end != delimiter) {
                return cells;
            }
        }
    }

    private String plain() {
        int start = at;
        while (at < text.length()
                && text.charAt(at) != delimiter
                && text.charAt(at) != '\n'
                && text.charAt(at) != '\r') {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        StringBuilder cell = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                cell.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                cell.append('"');
                at++;
            } else {
                return cell.append(plain()).toString();
            }
        }
        return cell.toString();
    }
}
