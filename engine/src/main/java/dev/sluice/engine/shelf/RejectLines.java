package dev.sluice.engine.shelf;

import dev.sluice.spi.data.RowJson;
import dev.sluice.spi.runtime.RejectedRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rejected records as lines of a file: the fields as they were sent, and behind them why they were rejected. */
final class RejectLines {
    private static final String PREFIX = "rejected_";

    private RejectLines() {}

    /** What a line holds, by column: the fields that were sent, and ours. */
    static Map<String, @Nullable String> columns(RejectSupply.Kept kept) {
        Map<String, @Nullable String> columns = new LinkedHashMap<>(fields(kept.record()));
        ours(kept).forEach((name, value) -> columns.put(free(name, columns), value));
        return columns;
    }

    private static Map<String, @Nullable String> fields(RejectedRecord record) {
        Map<String, @Nullable String> fields = RowJson.read(sent(record));
        return fields == null ? Map.of() : fields;
    }

    /** What was sent, or else the row; nothing of bytes that only their source understands. */
    private static byte[] sent(RejectedRecord record) {
        byte[] mapped = record.mapped();
        return mapped != null ? mapped : record.form() == RejectedRecord.Form.ROW ? record.original() : new byte[0];
    }

    private static Map<String, @Nullable String> ours(RejectSupply.Kept kept) {
        RejectedRecord record = kept.record();
        Map<String, @Nullable String> ours = new LinkedHashMap<>();
        ours.put("code", record.code());
        ours.put("reason", record.reason());
        ours.put("field", record.field());
        ours.put("place", record.place());
        ours.put("at", kept.at().toString());
        ours.put("id", Long.toString(kept.id()));
        ours.put("record", text(record.original()));
        return ours;
    }

    /** A name that no field of the record has. */
    private static String free(String name, Map<String, @Nullable String> taken) {
        String wanted = PREFIX + name;
        while (taken.containsKey(wanted)) {
            wanted = "_" + wanted;
        }
        return wanted;
    }

    /** What was kept of a record as a text. */
    static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noText) {
            return "base64:" + Base64.getEncoder().encodeToString(bytes);
        }
    }

    /** A line of CSV. What is null has nothing between its commas, an empty text two quotes. */
    static String csv(Iterable<? extends @Nullable String> cells) {
        List<String> line = new ArrayList<>();
        for (String cell : cells) {
            line.add(cell == null ? "" : quoted(cell));
        }
        return String.join(",", line) + "\n";
    }

    private static String quoted(String cell) {
        boolean plain = !cell.isEmpty() && cell.chars().noneMatch(character -> ",\"\n\r".indexOf(character) >= 0);
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /** A line of JSON, in which the fields are as they were sent. */
    static String json(RejectSupply.Kept kept) {
        Map<String, @Nullable String> fields = fields(kept.record());
        String sent = fields.isEmpty() ? "" : new String(sent(kept.record()), StandardCharsets.UTF_8);
        String ours = ours(kept).entrySet().stream()
                .map(column -> RowJson.text(free(column.getKey(), fields)) + ":"
                        + (column.getValue() == null ? "null" : RowJson.text(column.getValue())))
                .collect(Collectors.joining(","));
        return (sent.isEmpty() ? "{" : sent.substring(0, sent.length() - 1) + ",") + ours + "}\n";
    }
}
