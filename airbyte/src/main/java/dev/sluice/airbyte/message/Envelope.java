package dev.sluice.airbyte.message;

import dev.sluice.cdk.cells.Flaw;
import dev.sluice.cdk.cells.JsonObjects;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.JsonText;
import dev.sluice.spi.catalog.StreamId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a message lie in its line. Of a record only the envelope is looked at; its data stays the bytes that they are.
 * One thread uses it, line after line.
 */
public final class Envelope {
    private static final byte[] USUAL = ascii("{\"type\":\"RECORD\",\"record\":");
    private static final byte[] TYPE = ascii("type");
    private static final byte[] STREAM = ascii("stream");
    private static final byte[] NAMESPACE = ascii("namespace");
    private static final byte[] DATA = ascii("data");
    private static final byte[] META = ascii("meta");
    private static final byte[] EMITTED_AT = ascii("emitted_at");

    /** How many spellings of records are remembered, as streams may take turns. */
    private static final int FRAMES = 16;

    private final JsonObjects objects = new JsonObjects();
    private final Map<String, Payload> payloads = new HashMap<>();
    private final Payload type = new Payload();
    private final Payload stream = new Payload();
    private final Payload namespace = new Payload();
    private final Payload data = new Payload();
    private final Payload meta = new Payload();
    private final Payload emittedAt = new Payload();

    private byte[] text = {};
    private @Nullable MessageType kind;

    /** The stream of the last record, and how it was spelled there: most records are of the same one. */
    private byte[] lastName = {};

    private byte[] lastNamespace = {};
    private @Nullable StreamId last;

    private final List<Frame> frames = new ArrayList<>();

    /** How the last record was spelled around its data; null if it was looked through as a whole. */
    private @Nullable Frame frame;

    private int lastFrame;

    /** Where something lies in the line. */
    private static final class Payload {
        private int from;
        private int to;

        void set(int begin, int end) {
            from = begin;
            to = end;
        }

        boolean isThere() {
            return to > from;
        }
    }

    /** Prepares to look at lines. */
    public Envelope() {
        for (MessageType each : MessageType.values()) {
            payloads.put(each.payload(), new Payload());
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Looks at a line.
     *
     * @return what message it is; null if it is none
     */
    public @Nullable MessageType read(byte[] line, int from, int to) {
        text = line;
        frame = null;
        if (isUsualRecord(from, to)) {
            remember(from, to);
            return kind;
        }
        type.set(0, 0);
        payloads.values().forEach(each -> each.set(0, 0));
        kind = null;
        if (objects.walk(line, from, to, this::member) != null || !type.isThere()) {
            return null;
        }
        MessageType found = MessageType.of(string(type));
        if (found == null || !payload(found).isThere()) {
            return null;
        }
        kind = found;
        if (found == MessageType.RECORD) {
            if (!readRecord(payload(found))) {
                return null;
            }
            remember(from, to);
        }
        return found;
    }

    /**
     * Looks at a line only as far as to say whether it is spelled as a record before, around something that may be its data. If that
     * is exactly one object, then the line is a record; else {@link #read} has to say what it is.
     */
    public boolean isLikelyRecord(byte[] line, int from, int to) {
        int known = frames.size();
        for (int i = 0; i < known; i++) {
            int at = lastFrame + i < known ? lastFrame + i : lastFrame + i - known;
            Frame each = frames.get(at);
            if (each.isAround(line, from, to)) {
                lastFrame = at;
                text = line;
                kind = MessageType.RECORD;
                frame = each;
                data.set(from + each.before(), to - each.behind());
                meta.set(0, 0);
                return true;
            }
        }
        return false;
    }

    /** Remembers the spelling of a record. */
    private void remember(int from, int to) {
        var parts = new Frame.Parts(from, to, data.from, data.to, emittedAt.from, emittedAt.to);
        if (meta.isThere() || !parts.isShort()) {
            return;
        }
        Frame made = Frame.of(stream(), text, parts);
        if (frames.size() < FRAMES) {
            lastFrame = frames.size();
            frames.add(made);
        } else {
            lastFrame = lastFrame + 1 == FRAMES ? 0 : lastFrame + 1;
            frames.set(lastFrame, made);
        }
    }

    /**
     * Nearly all lines are records that begin in the same way. What is left between that and the last brace is one object or the line is
     * none of them, so it need not be looked through to find its end.
     */
    private boolean isUsualRecord(int from, int to) {
        int begin = from + USUAL.length;
        if (to - begin < 3 || text[to - 1] != '}' || !Arrays.equals(USUAL, 0, USUAL.length, text, from, begin)) {
            return false;
        }
        Payload record = payload(MessageType.RECORD);
        record.set(begin, to - 1);
        kind = MessageType.RECORD;
        return text[begin] == '{' && readRecord(record);
    }

    private Payload payload(MessageType of) {
        return payloads.getOrDefault(of.payload(), type);
    }

    private @Nullable Flaw member(int keyFrom, int keyTo, int from, int to) {
        if (is(TYPE, keyFrom, keyTo)) {
            type.set(from, to);
        } else {
            Payload payload = payloads.get(new String(text, keyFrom, keyTo - keyFrom, StandardCharsets.UTF_8));
            if (payload != null && text[from] == '{') {
                payload.set(from, to);
            }
        }
        return null;
    }

    private boolean readRecord(Payload record) {
        stream.set(0, 0);
        namespace.set(0, 0);
        data.set(0, 0);
        meta.set(0, 0);
        emittedAt.set(0, 0);
        return objects.walk(text, record.from, record.to, this::recordMember) == null
                && stream.isThere()
                && text[stream.from] == '"'
                && stream.to - stream.from > 2
                && data.isThere();
    }

    private @Nullable Flaw recordMember(int keyFrom, int keyTo, int from, int to) {
        if (is(DATA, keyFrom, keyTo)) {
            if (text[from] == '{') {
                data.set(from, to);
            }
        } else if (is(STREAM, keyFrom, keyTo)) {
            stream.set(from, to);
        } else if (is(NAMESPACE, keyFrom, keyTo)) {
            namespace.set(from, to);
        } else if (is(META, keyFrom, keyTo)) {
            meta.set(from, to);
        } else if (is(EMITTED_AT, keyFrom, keyTo)) {
            emittedAt.set(from, to);
        }
        return null;
    }

    private boolean is(byte[] key, int from, int to) {
        return Arrays.equals(key, 0, key.length, text, from, to);
    }

    /** The stream of the record. */
    public StreamId stream() {
        if (frame != null) {
            return frame.stream();
        }
        StreamId known = last;
        if (known != null && isSpelled(lastName, stream) && isSpelled(lastNamespace, namespace)) {
            return known;
        }
        String group = namespace.isThere() && text[namespace.from] == '"' ? string(namespace) : "";
        StreamId id = StreamId.of(group, string(stream));
        lastName = Arrays.copyOfRange(text, stream.from, stream.to);
        lastNamespace = Arrays.copyOfRange(text, namespace.from, namespace.to);
        last = id;
        return id;
    }

    private boolean isSpelled(byte[] before, Payload now) {
        return Arrays.equals(before, 0, before.length, text, now.from, now.to);
    }

    /** When the record was emitted, in milliseconds since 1970; -1 if it does not say. */
    public long emittedAt() {
        return frame == null ? Frame.moment(text, emittedAt.from, emittedAt.to) : frame.moment(text, data.to);
    }

    /** Where the data of the record begins. */
    public int dataFrom() {
        return data.from;
    }

    /** Where the data of the record ends. */
    public int dataTo() {
        return data.to;
    }

    /** What the record says of its values, as JSON; null if it says nothing. */
    public @Nullable String meta() {
        return meta.isThere() && text[meta.from] == '{'
                ? new String(text, meta.from, meta.to - meta.from, StandardCharsets.UTF_8)
                : null;
    }

    /** Where the payload of the message begins. */
    public int payloadFrom() {
        return kind == null ? 0 : payload(kind).from;
    }

    /** Where the payload of the message ends. */
    public int payloadTo() {
        return kind == null ? 0 : payload(kind).to;
    }

    /** The payload of the message as JSON. */
    public String payload() {
        Payload payload = kind == null ? type : payload(kind);
        return new String(text, payload.from, payload.to - payload.from, StandardCharsets.UTF_8);
    }

    /** The text of a string; empty if it is none. */
    private String string(Payload at) {
        ByteSink out = new ByteSink(at.to - at.from);
        boolean isText = text[at.from] == '"' && JsonText.unescape(out, text, at.from + 1, at.to - 1);
        return isText ? out.toString() : "";
    }
}
