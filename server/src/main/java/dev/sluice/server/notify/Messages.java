package dev.sluice.server.notify;

import dev.sluice.server.store.Page;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages that there are. They are written by the transactions that they tell of, so none is lost with a server. */
public final class Messages {
    /** How often a message is sent at most; with the pauses in between, that is for about five hours. */
    static final int MOST_TRIES = 12;

    /** How many messages of a workspace wait at most; whoever hears nothing of so many is not there. */
    private static final int MOST_WAITING = 10_000;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int LONGEST_PROBLEM = 1_000;

    private final Clock clock;

    /** Those of a store. */
    public Messages(Clock clock) {
        this.clock = clock;
    }

    void add(
            Transaction transaction,
            UUID workspaceId,
            @Nullable UUID connectionId,
            @Nullable Long jobId,
            Occasion occasion,
            Channel channel,
            Content content)
            throws SQLException {
        Instant now = clock.instant();
        if (transaction.count(
                        "SELECT count(*) AS n FROM message WHERE sent_at IS NULL AND workspace_id = ?", workspaceId)
                >= MOST_WAITING) {
            return;
        }
        transaction.change(
                "INSERT INTO message (id, workspace_id, connection_id, job_id, occasion, channel, content, tries,"
                        + " due_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
                UUID.randomUUID(),
                workspaceId,
                connectionId,
                jobId,
                occasion,
                channel,
                content.kept(),
                now,
                now);
    }

    /** How many messages wait. */
    public static long countWaiting(Transaction transaction) throws SQLException {
        return transaction.count("SELECT count(*) AS n FROM message WHERE sent_at IS NULL");
    }

    List<Message> due(Transaction transaction, int most) throws SQLException {
        return transaction.all(
                Messages::read,
                "SELECT * FROM message WHERE sent_at IS NULL AND due_at <= ? ORDER BY due_at, id LIMIT ?",
                clock.instant(),
                most);
    }

    /** The messages of a workspace, the last one first. */
    public List<Message> list(Transaction transaction, UUID workspaceId, Page page) throws SQLException {
        return transaction.all(
                Messages::read,
                "SELECT * FROM message WHERE workspace_id = ? ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?",
                workspaceId,
                page.limit(),
                page.offset());
    }

    /** It has arrived, or nobody wants it any more. */
    void settled(Transaction transaction, Message message, @Nullable String why) throws SQLException {
        transaction.change(
                "UPDATE message SET sent_at = ?, problem = ? WHERE id = ?", clock.instant(), why, message.id());
    }

    /** It did not arrive; it is tried again later, or given up. */
    void failed(Transaction transaction, Message message, String why) throws SQLException {
        long tries = message.course().tries() + 1;
        String problem = why.length() <= LONGEST_PROBLEM ? why : why.substring(0, LONGEST_PROBLEM);
        Instant now = clock.instant();
        transaction.change(
                "UPDATE message SET tries = ?, due_at = ?, sent_at = ?, problem = ? WHERE id = ?",
                tries,
                now.plus(pause(tries)),
                tries >= MOST_TRIES ? now : null,
                problem,
                message.id());
    }

    static Duration pause(long tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /**
     * Deletes old messages that are on no way any more.
     *
     * @return how many
     */
    public int sweep(Transaction transaction, Instant before, int most) throws SQLException {
        return transaction.change(
                "DELETE FROM message WHERE id IN (SELECT id FROM message WHERE created_at < ? AND sent_at IS NOT NULL"
                        + " LIMIT ?)",
                before,
                most);
    }

    private static Message read(Row row) throws SQLException {
        return new Message(
                row.id("id"),
                row.id("workspace_id"),
                row.word("occasion", Occasion.class),
                row.word("channel", Channel.class),
                Content.read(row.json("content")),
                new Message.Course(
                        row.number("tries"), row.time("due_at"), row.timeOrNull("sent_at"), row.textOrNull("problem")));
    }
}
