package dev.sluice.connector.sqlite.source;

import dev.sluice.connector.sqlite.session.FileSession;
import dev.sluice.connector.sqlite.session.SqliteFile;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A connection in a transaction that reads, which sees the file as it was when it began. SQLite hands no such view on to
 * another connection, so there is one for a planned read, and it lives as long.
 */
final class Snapshot implements AutoCloseable {
    private static final Map<String, Snapshot> OPEN = new ConcurrentHashMap<>();

    private final String name = UUID.randomUUID().toString();
    private final FileSession session;
    private final @Nullable String content;
    private final Charset encoding;

    private Snapshot(FileSession session, @Nullable String content, Charset encoding) {
        this.session = session;
        this.content = content;
        this.encoding = encoding;
    }

    static Snapshot open(SqliteFile file) {
        FileSession session = file.openForReading();
        boolean opened = false;
        try {
            String before = ContentStamp.of(file.path());
            session.begin();
            session.query("SELECT count(*) FROM sqlite_schema"); // the transaction begins with the first look
            // A commit while the transaction began would leave open which of the two contents it sees.
            String content = before != null && before.equals(ContentStamp.of(file.path())) ? before : null;
            String encoding = session.query("PRAGMA encoding").getFirst().requireText(0);
            Snapshot snapshot = new Snapshot(session, content, Charset.forName(encoding));
            OPEN.put(snapshot.name, snapshot);
            opened = true;
            return snapshot;
        } finally {
            if (!opened) {
                session.close();
            }
        }
    }

    /**
     * The snapshot of a planned read.
     *
     * @throws dev.sluice.spi.problem.ProblemException if it is closed, or lives in another process
     */
    static Snapshot find(String name) {
        Snapshot snapshot = OPEN.get(name);
        if (snapshot == null) {
            throw Problem.of("E_SNAPSHOT_GONE", ProblemKind.TRANSIENT, "the snapshot of the read is gone")
                    .because("a snapshot of SQLite belongs to the connection and the process that began it")
                    .fix("run it again")
                    .exception();
        }
        return snapshot;
    }

    String name() {
        return name;
    }

    FileSession session() {
        return session;
    }

    /** What tells the content of the file from others; null if nobody knows. */
    @Nullable
    String content() {
        return content;
    }

    /** How texts lie in the file. */
    Charset encoding() {
        return encoding;
    }

    @Override
    public void close() {
        if (OPEN.remove(name) != null) {
            session.close();
        }
    }
}
