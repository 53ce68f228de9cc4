package dev.sluice.cli.command;

import dev.sluice.cli.output.Json;
import dev.sluice.cli.state.KeptReject;
import dev.sluice.spi.runtime.RejectedRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rejected record for programs: what {@code show} prints, {@code export} writes and {@code replay --mended} reads. */
final class RejectFacts {
    static final String ID = "id";
    static final String ROW = "row";
    static final String ORIGINAL = "original";
    static final String BASE64 = "original_base64";

    /** What was made of the record and refused. */
    static final String MAPPED = "mapped";

    private RejectFacts() {}

    static Map<String, @Nullable Object> of(String connection, KeptReject kept) {
        RejectedRecord record = kept.record();
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put(ID, kept.id());
        facts.put("connection", connection);
        facts.put("stream", kept.stream().toString());
        facts.put("sync_id", kept.syncId());
        facts.put("state", kept.state().key());
        facts.put("place", record.place());
        facts.put("code", record.code());
        facts.put("field", record.field());
        facts.put("reason", record.reason());
        facts.put("rejected_at", kept.rejectedAt().toString());
        if (record.isCut()) {
            facts.put("bytes", record.size());
        }
        addOriginal(facts, record);
        byte[] mapped = record.mapped();
        if (mapped != null) {
            facts.put(MAPPED, mapped(mapped));
        }
        return facts;
    }

    /** The row as an object, or the bytes as text; as base64 where they are no text. */
    private static void addOriginal(Map<String, @Nullable Object> facts, RejectedRecord record) {
        String text = text(record.original());
        if (text == null) {
            facts.put(BASE64, Base64.getEncoder().encodeToString(record.original()));
        } else if (record.form() == RejectedRecord.Form.ROW && !record.isCut()) {
            facts.put(ROW, Json.read(text));
        } else {
            facts.put(ORIGINAL, text);
        }
    }

    /** An object, or a text if only its beginning is there. */
    private static @Nullable Object mapped(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        try {
            return Json.read(text);
        } catch (IllegalArgumentException cut) {
            return text;
        }
    }

    private static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noText) {
            return null;
        }
    }

    /** What was kept for people: bytes that are no text have marks in their places. */
    static String shown(RejectedRecord record) {
        return new String(record.original(), StandardCharsets.UTF_8);
    }
}
