package dev.sluice.server.states;

import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.store.Where;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.RejectedRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rejected records of a connection as people look at them: by reason, one by one, and with their originals. */
public final class RejectList {
    private static final int MOST_GROUPS = 1_000;

    private RejectList() {}

    /**
     * Which rejected records are meant. Those whose fate is not decided yet are in none.
     *
     * @param connectionId of which connection
     * @param state {@code open}, {@code superseded} or {@code replayed}; null for all of them
     * @param stream of which stream; null for all
     * @param syncId rejected in which run; null for any
     * @param code for which reason; null for any
     * @param field because of which field; null for any, empty for those that no single field is the reason of
     */
    public record Filter(
            UUID connectionId,
            @Nullable String state,
            @Nullable StreamId stream,
            @Nullable Long syncId,
            @Nullable String code,
            @Nullable String field) {
        private Where where() {
            Where where = new Where().and("connection_id = ?", connectionId);
            if (state == null) {
                where.and("state <> 'pending'");
            } else {
                where.and("state = ?", state);
            }
            if (stream != null) {
                where.and("namespace = ? AND name = ?", StreamStates.namespace(stream), stream.name());
            }
            if (syncId != null) {
                where.and("sync_id = ?", syncId);
            }
            if (code != null) {
                where.and("code = ?", code);
            }
            if (field != null) {
                where.and("field = ?", field);
            }
            return where;
        }
    }

    /**
     * Records that were rejected for the same reason.
     *
     * @param stream their stream
     * @param code the reason in a word
     * @param field the field whose values are the reason; empty if it is the records as a whole
     * @param records how many
     * @param sample the reason of one of them, in a sentence
     * @param firstAt when the first one was rejected
     * @param lastAt when the last one was
     */
    public record Group(
            StreamId stream, String code, String field, long records, String sample, Instant firstAt, Instant lastAt) {}

    /**
     * A rejected record.
     *
     * @param id its number
     * @param stream its stream
     * @param syncId the run that rejected it
     * @param state what became of it
     * @param records how many it stands for: more than one if only their number was kept
     * @param why why it was rejected
     * @param original what it was; null if that was not kept, or not asked for
     */
    public record One(
            long id,
            StreamId stream,
            long syncId,
            String state,
            long records,
            Why why,
            @Nullable Original original) {}

    /**
     * The bytes of a record as a text.
     *
     * @param text the text
     * @param isBase64 true if the bytes are no text by themselves
     * @param mapped what was made of it and refused, as JSON; null if nothing was, or it is the original itself
     */
    public record Original(
            String text, boolean isBase64, @Nullable String mapped) {
        private static Original of(byte[] bytes, byte @Nullable [] made) {
            String mapped = made == null ? null : new String(made, StandardCharsets.UTF_8);
            try {
                return new Original(
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(bytes))
                                .toString(),
                        false,
                        mapped);
            } catch (CharacterCodingException notText) {
                return new Original(Base64.getEncoder().encodeToString(bytes), true, mapped);
            }
        }
    }

    /**
     * Why a record was rejected, and what is kept of it.
     *
     * @param place where it stands in its source
     * @param code why in a word
     * @param field the field whose value is the reason; empty for none
     * @param reason why in a sentence
     * @param form what its original is
     * @param size how many bytes it had
     * @param at when it was rejected
     */
    public record Why(String place, String code, String field, String reason, String form, long size, Instant at) {}

    /** The reasons, the most frequent first. */
    public static List<Group> groups(Transaction transaction, Filter filter) throws SQLException {
        Where where = filter.where();
        return transaction.all(
                row -> new Group(
                        StreamStates.stream(row.text("namespace"), row.text("name")),
                        row.text("code"),
                        row.text("field"),
                        row.number("n"),
                        row.text("sample"),
                        row.time("first_at"),
                        row.time("last_at")),
                "SELECT namespace, name, code, field, sum(records) AS n, min(reason) AS sample,"
                        + " min(rejected_at) AS first_at, max(rejected_at) AS last_at FROM rejected" + where.sql()
                        + " GROUP BY namespace, name, code, field ORDER BY n DESC, namespace, name, code, field LIMIT "
                        + MOST_GROUPS,
                where.values());
    }

    /** Those of some connections that have records to be tried again. */
    public static Set<UUID> open(Transaction transaction, Collection<UUID> connections) throws SQLException {
        Where where = new Where()
                .in("id", connections)
                .and("EXISTS (SELECT 1 FROM rejected WHERE connection_id = connection.id AND state = 'open')");
        return Set.copyOf(
                transaction.all(row -> row.id("id"), "SELECT id FROM connection" + where.sql(), where.values()));
    }

    /**
     * Records in the order in which they were rejected.
     *
     * @param after the number of the last one that was seen; 0 for none
     * @param most how many at most
     * @param whole true to have their originals too
     */
    public static List<One> list(Transaction transaction, Filter filter, long after, int most, boolean whole)
            throws SQLException {
        Where where = filter.where().and("id > ?", after);
        List<@Nullable Object> values = new ArrayList<>();
        Collections.addAll(values, where.values());
        values.add(most);
        return transaction.all(
                row -> read(row, whole),
                "SELECT id, namespace, name, sync_id, state, records, place, code, field, reason, form, size,"
                        + " rejected_at" + (whole ? ", original, mapped" : "") + " FROM rejected" + where.sql()
                        + " ORDER BY id LIMIT ?",
                values.toArray());
    }

    /** A record with its original, if the connection has it and its fate is decided. */
    public static Optional<One> one(Transaction transaction, UUID connectionId, long id) throws SQLException {
        return transaction.first(
                row -> read(row, true),
                "SELECT id, namespace, name, sync_id, state, records, place, code, field, reason, form, size,"
                        + " rejected_at, original, mapped FROM rejected"
                        + " WHERE connection_id = ? AND id = ? AND state <> 'pending'",
                connectionId,
                id);
    }

    /**
     * A rejected record of which enough is kept to try it again.
     *
     * @param id its number
     * @param stream its stream
     * @param generation the copy of the stream that it is missing in
     * @param at when it was rejected
     * @param record what was kept of it
     */
    public record Kept(long id, StreamId stream, long generation, Instant at, RejectedRecord record) {}

    /** Records with all that is kept of them, in the order in which they were rejected; not those that were only counted. */
    public static List<Kept> kept(Transaction transaction, Filter filter, long after, int most) throws SQLException {
        Where where = filter.where().and("original IS NOT NULL").and("id > ?", after);
        List<@Nullable Object> values = new ArrayList<>();
        Collections.addAll(values, where.values());
        values.add(most);
        return transaction.all(
                row -> new Kept(
                        row.number("id"),
                        StreamStates.stream(row.text("namespace"), row.text("name")),
                        row.number("generation"),
                        row.time("rejected_at"),
                        record(row)),
                "SELECT id, namespace, name, generation, place, code, field, reason, form, origin, original, size,"
                        + " mapped, rejected_at FROM rejected" + where.sql() + " ORDER BY id LIMIT ?",
                values.toArray());
    }

    static RejectedRecord record(Row row) throws SQLException {
        String place = row.text("place");
        byte[] original = row.bytes("original");
        RejectedRecord record = switch (row.word("form", RejectedRecord.Form.class)) {
            case ROW -> RejectedRecord.ofRow(place, row.text("code"), row.text("reason"), original);
            case SOURCE -> new RejectedRecord(place, row.text("code"), row.text("reason"), original);
        };
        String field = row.text("field");
        return record.inField(field.isEmpty() ? null : field)
                .from(row.text("origin"))
                .cutFrom(row.number("size"))
                .mappedTo(row.bytesOrNull("mapped"));
    }

    private static One read(Row row, boolean whole) throws SQLException {
        byte[] original = whole ? row.bytesOrNull("original") : null;
        byte[] mapped = whole ? row.bytesOrNull("mapped") : null;
        return new One(
                row.number("id"),
                StreamStates.stream(row.text("namespace"), row.text("name")),
                row.number("sync_id"),
                row.text("state"),
                row.number("records"),
                new Why(
                        row.text("place"),
                        row.text("code"),
                        row.text("field"),
                        row.text("reason"),
                        row.text("form"),
                        row.number("size"),
                        row.time("rejected_at")),
                original == null ? null : Original.of(original, mapped));
    }
}
