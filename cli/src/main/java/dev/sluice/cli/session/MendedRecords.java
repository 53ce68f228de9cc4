package dev.sluice.cli.session;

import dev.sluice.cli.output.Json;
import dev.sluice.cli.state.KeptReject;
import dev.sluice.cli.state.RejectFilter;
import dev.sluice.engine.run.ReplayRecord;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rejected records as a person gave them back: an export as JSON lines, in which {@code row} or {@code original} may have
 * been mended.
 */
public final class MendedRecords {
    /** Nothing was mended: the records are taken as they were kept. */
    public static final MendedRecords NONE = new MendedRecords(null, Map.of());

    private static final int MOST = 200_000;
    private static final long MOST_BYTES = 256L << 20;

    private final @Nullable String label;
    private final Map<Long, Map<?, ?>> records;

    private MendedRecords(@Nullable String label, Map<Long, Map<?, ?>> records) {
        this.label = label;
        this.records = records;
    }

    /**
     * Reads a file.
     *
     * @param label how the user named it, for messages
     */
    public static MendedRecords read(Path file, String label) {
        Map<Long, Map<?, ?>> records = new LinkedHashMap<>();
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw broken(label, 0, "it is larger than 256 MiB");
            }
            try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                int number = 0;
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    number++;
                    if (!line.isBlank()) {
                        add(records, line, label, number);
                    }
                }
            }
        } catch (IOException cause) {
            throw broken(label, 0, cause.toString());
        }
        return new MendedRecords(label, records);
    }

    private static void add(Map<Long, Map<?, ?>> records, String line, String label, int number) {
        Object value;
        try {
            value = Json.read(line);
        } catch (IllegalArgumentException notJson) {
            throw broken(label, number, "it is not JSON: " + notJson.getMessage());
        }
        if (!(value instanceof Map<?, ?> map && map.get("id") instanceof Number id)) {
            throw broken(label, number, "it has no `id` of a rejected record");
        }
        if (records.put(id.longValue(), map) != null) {
            throw broken(label, number, "the record " + id + " is there twice");
        }
        if (records.size() > MOST) {
            throw broken(label, number, "there are more than " + MOST + " records");
        }
    }

    private static ProblemException broken(String label, int line, String why) {
        return Problem.of("E_MENDED", ProblemKind.CONFIG, "the mended records cannot be read")
                .at(line == 0 ? label : label + ":" + line)
                .because(why)
                .fix("write them with `sluice rejects export --into bad.jsonl`, and change only `row` or `original`")
                .exception();
    }

    /** The part of what is meant that was given back. */
    RejectFilter among(RejectFilter filter) {
        if (label == null || !filter.ids().isEmpty()) {
            return filter;
        }
        return new RejectFilter(
                filter.stream(), filter.run(), filter.code(), List.copyOf(records.keySet()), filter.settled());
    }

    /** Refuses a file that holds records which do not count any more: they may have been replayed already. */
    void requireAll(Collection<Long> found) {
        List<Long> missing = new ArrayList<>(records.keySet());
        missing.removeAll(found);
        if (label != null && !missing.isEmpty()) {
            throw broken(
                    label,
                    0,
                    "these records are not among those that are meant, or were replayed or forgotten already: "
                            + missing.subList(0, Math.min(10, missing.size())));
        }
    }

    /** A record as it is to be tried again. */
    ReplayRecord of(KeptReject kept) {
        Map<?, ?> given = records.get(kept.id());
        RejectedRecord record = kept.record();
        Map<?, ?> row = given == null ? null : given.get("row") instanceof Map<?, ?> own ? own : null;
        if (row == null && given != null) {
            byte[] bytes = bytes(given, kept.id());
            record = new RejectedRecord(record.place(), record.code(), record.reason(), bytes)
                    .inField(record.field())
                    .from(record.origin())
                    .mappedTo(record.mapped());
        } else if (row == null && record.form() == RejectedRecord.Form.ROW && !record.isCut()) {
            row = (Map<?, ?>) Json.read(new String(record.original(), StandardCharsets.UTF_8));
        }
        if (row == null) {
            return ReplayRecord.kept(kept.id(), record, kept.rejectedAt());
        }
        return ReplayRecord.ofRow(kept.id(), record, kept.rejectedAt(), texts(row), given != null);
    }

    private byte[] bytes(Map<?, ?> given, long id) {
        if (given.get("original") instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (given.get("original_base64") instanceof String text) {
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException notBase64) {
                throw broken(String.valueOf(label), 0, "`original_base64` of the record " + id + " is not base64");
            }
        }
        throw broken(String.valueOf(label), 0, "the record " + id + " has neither `row` nor `original`");
    }

    private static Map<String, @Nullable String> texts(Map<?, ?> row) {
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        row.forEach((name, value) -> texts.put(String.valueOf(name), value == null ? null : text(value)));
        return texts;
    }

    private static String text(Object value) {
        return value instanceof Map || value instanceof List ? Json.line(value) : value.toString();
    }
}
