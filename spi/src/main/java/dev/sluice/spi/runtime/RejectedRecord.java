package dev.sluice.spi.runtime;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A record that could not be read or written, kept so that somebody can look at it and send it again. Immutable. */
public final class RejectedRecord {
    private final String place;
    private final String code;
    private final String reason;
    private final byte[] original;
    private final Form form;
    private final @Nullable String field;
    private final String origin;
    private final long size;
    private final byte @Nullable [] mapped;

    /** What the original is. */
    public enum Form {
        /** The bytes of the record as the source had them; only the source understands them. */
        SOURCE,
        /** The row as a JSON object: its fields by name, each with the canonical text of its value. */
        ROW
    }

    /**
     * Makes a rejected record that holds the bytes of its source.
     *
     * @param place where it stands, such as {@code orders.csv:17}; unique in its stream
     * @param code why in a stable word, such as {@code TOO_MANY_FIELDS}
     * @param reason why in one sentence
     * @param original the record's own bytes as the source had them, cut to a sensible length
     */
    public RejectedRecord(String place, String code, String reason, byte[] original) {
        this(place, code, reason, new Original(Form.SOURCE, original.clone(), original.length, null), null, "");
    }

    private RejectedRecord(
            String place, String code, String reason, Original original, @Nullable String field, String origin) {
        this.place = Objects.requireNonNull(place);
        this.code = Objects.requireNonNull(code);
        this.reason = Objects.requireNonNull(reason);
        this.original = original.bytes;
        this.form = original.form;
        this.size = original.size;
        this.field = field;
        this.origin = Objects.requireNonNull(origin);
        this.mapped = original.mapped;
    }

    /** What is kept of the record, and of what was made of it. */
    private static final class Original {
        private final Form form;
        private final byte[] bytes;
        private final long size;
        private final byte @Nullable [] mapped;

        private Original(Form form, byte[] bytes, long size, byte @Nullable [] mapped) {
            this.form = form;
            this.bytes = bytes;
            this.size = size;
            this.mapped = mapped;
        }
    }

    /**
     * A rejected record that holds its row.
     *
     * @param json the row as a JSON object in UTF-8
     */
    public static RejectedRecord ofRow(String place, String code, String reason, byte[] json) {
        return new RejectedRecord(
                place, code, reason, new Original(Form.ROW, json.clone(), json.length, null), null, "");
    }

    /** The same record, rejected for another reason. */
    public RejectedRecord because(String otherCode, String otherReason) {
        return new RejectedRecord(place, otherCode, otherReason, kept(), null, origin);
    }

    /** The same record, rejected because of the value of a field. */
    public RejectedRecord inField(@Nullable String other) {
        return new RejectedRecord(place, code, reason, kept(), other, origin);
    }

    /**
     * The same record with what its source has to know in order to read the bytes once more, such as the names of the
     * columns; opaque to everybody else.
     */
    public RejectedRecord from(String other) {
        return new RejectedRecord(place, code, reason, kept(), field, other);
    }

    /** The same record at another place. */
    public RejectedRecord at(String other) {
        return new RejectedRecord(other, code, reason, kept(), field, origin);
    }

    /**
     * The same record of which only the first bytes are there.
     *
     * @param whole how many there were
     */
    public RejectedRecord cutFrom(long whole) {
        return new RejectedRecord(place, code, reason, new Original(form, original, whole, mapped), field, origin);
    }

    /** The same record with at most so many bytes of its original, and of what was made of it. */
    public RejectedRecord cutTo(int most) {
        byte[] made = mapped;
        if (original.length <= most && (made == null || made.length <= most)) {
            return this;
        }
        byte[] first = Arrays.copyOf(original, Math.min(original.length, most));
        byte[] firstMade = made == null ? null : Arrays.copyOf(made, Math.min(made.length, most));
        return new RejectedRecord(place, code, reason, new Original(form, first, size, firstMade), field, origin);
    }

    private Original kept() {
        return new Original(form, original, size, mapped);
    }

    /**
     * The same record with what was made of it and refused by the destination.
     *
     * @param json the row as it was mapped, as a JSON object in UTF-8; null if nothing was made of it
     */
    public RejectedRecord mappedTo(byte @Nullable [] json) {
        return new RejectedRecord(
                place,
                code,
                reason,
                new Original(form, original, size, json == null ? null : json.clone()),
                field,
                origin);
    }

    /** Where the record stands. */
    public String place() {
        return place;
    }

    /** Why, in a stable word. */
    public String code() {
        return code;
    }

    /** Why, in one sentence. */
    public String reason() {
        return reason;
    }

    /** The field whose value is the reason; null if it is the record as a whole. */
    public @Nullable String field() {
        return field;
    }

    /** What {@link #original} is. */
    public Form form() {
        return form;
    }

    /** What the source has to know in order to read the bytes once more; empty if nothing. */
    public String origin() {
        return origin;
    }

    /** A copy of the record's own bytes. */
    public byte[] original() {
        return original.clone();
    }

    /**
     * A copy of what was made of the record and refused by the destination, as a JSON object or its first bytes; null if nothing was
     * made of it, or it is the original itself.
     */
    public byte @Nullable [] mapped() {
        return mapped == null ? null : mapped.clone();
    }

    /** The bytes that the record had, of which {@link #original} may be only the first. */
    public long size() {
        return size;
    }

    /** True if only the first bytes of the record are there. */
    public boolean isCut() {
        return size > original.length;
    }
}
