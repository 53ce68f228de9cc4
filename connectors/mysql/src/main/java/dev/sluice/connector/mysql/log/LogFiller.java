package dev.sluice.connector.mysql.log;

import dev.sluice.connector.mysql.wire.EventFeed;
import dev.sluice.connector.mysql.wire.LogEvents;
import dev.sluice.connector.mysql.wire.PackedEvents;
import dev.sluice.spi.catalog.StreamId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Puts the events of the log aside by table. Transactions stand in the log one after another, each when it was committed; what
 * belongs to one that was not is taken back. One thread uses it.
 *
 * <p>The events are those of MySQL's "Binlog Event" documentation, and those that MariaDB adds from number 160 on.
 */
final class LogFiller {
    private static final int QUERY = 2;
    private static final int ROTATE = 4;
    private static final int FORMAT_DESCRIPTION = 15;
    private static final int XID = 16;
    private static final int EXECUTE_LOAD_QUERY = 18;
    private static final int TABLE_MAP = 19;
    private static final int WRITE_ROWS_1 = 23;
    private static final int DELETE_ROWS_1 = 25;
    private static final int INCIDENT = 26;
    private static final int WRITE_ROWS = 30;
    private static final int DELETE_ROWS = 32;
    private static final int GTID = 33;
    private static final int ANONYMOUS_GTID = 34;
    private static final int XA_PREPARE = 38;
    private static final int PARTIAL_UPDATE_ROWS = 39;
    private static final int TRANSACTION_PAYLOAD = 40;
    private static final int TAGGED_GTID = 42;
    private static final int MARIADB_GTID = 162;
    private static final int QUERY_COMPRESSED = 165;
    private static final int WRITE_ROWS_1_COMPRESSED = 166;
    private static final int WRITE_ROWS_COMPRESSED = 169;
    private static final int DELETE_ROWS_COMPRESSED = 171;

    /** Events that say nothing of rows: variables, the texts of statements, beginnings and ends of files, heartbeats. */
    private static final Set<Integer> SILENT =
            Set.of(3, 5, 9, 11, 13, 14, 17, 27, 28, 29, 35, 36, 37, 41, 160, 161, 163, 164);

    private static final int MAY_BE_IGNORED = 0x80;
    private static final byte[] KINDS = {TableLog.INSERT, TableLog.UPDATE, TableLog.DELETE};
    private static final long NO_TABLE = 0x00FF_FFFFL;
    private static final int MOST_MAP_BYTES = 4 << 20;
    private static final int MOST_STATEMENT_BYTES = 4 << 20;
    private static final int CHUNK_BYTES = 64 << 10;
    private static final int PLACE_BYTES = 8;
    private static final long MICROS = 1_000_000;

    private final EventFeed log;
    private final LogReading into;
    private final Map<Long, @Nullable TableLog> described = new HashMap<>();
    private final List<TableLog> touched = new ArrayList<>();
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private LogEvents feed;
    private String file;
    private LogPlace begun;
    private long micros;

    LogFiller(EventFeed log, LogReading into, String file) {
        this.log = log;
        this.feed = log;
        this.into = into;
        this.file = file;
        this.begun = into.from();
    }

    /** Reads to the end. */
    void run() throws IOException {
        while (log.next()) {
            if (!log.isMadeUp() && !here().isBefore(into.end())) {
                return;
            }
            event();
        }
        LogPlace reached = new LogPlace(file, log.end());
        if (reached.isBefore(into.end())) {
            // Nothing may be taken for the end that is not the end.
            throw new IOException("the log ended at " + reached.text() + ", before "
                    + into.end().text());
        }
    }

    private LogPlace here() {
        return new LogPlace(file, log.start());
    }

    private void event() throws IOException {
        int type = feed.type();
        switch (type) {
            case ROTATE -> rotate();
            case FORMAT_DESCRIPTION -> log.readFormat();
            case GTID, ANONYMOUS_GTID -> {
                begin();
                committedAt();
            }
            case TAGGED_GTID, MARIADB_GTID -> begin();
            case TABLE_MAP -> describe();
            case XID -> settle();
            case XA_PREPARE -> prepare();
            case QUERY, QUERY_COMPRESSED -> statement(type == QUERY_COMPRESSED, 0);
            case EXECUTE_LOAD_QUERY -> statement(false, 13);
            case TRANSACTION_PAYLOAD -> unpack();
            case INCIDENT -> stopAll(Stop.BROKEN, "the server wrote into its log that something is missing there");
            case PARTIAL_UPDATE_ROWS -> partial();
            default -> {
                if (type >= WRITE_ROWS_1 && type <= DELETE_ROWS_1) {
                    rows(KINDS[type - WRITE_ROWS_1], false, false);
                } else if (type >= WRITE_ROWS && type <= DELETE_ROWS) {
                    rows(KINDS[type - WRITE_ROWS], true, false);
                } else if (type >= WRITE_ROWS_1_COMPRESSED && type <= DELETE_ROWS_COMPRESSED) {
                    rows(KINDS[(type - WRITE_ROWS_1_COMPRESSED) % 3], type >= WRITE_ROWS_COMPRESSED, true);
                } else if (!SILENT.contains(type) && (feed.flags() & MAY_BE_IGNORED) == 0) {
                    stopAll(Stop.BROKEN, "the log has an event of the type " + type);
                }
            }
        }
    }

    /** All events of a transaction in one, which are read as if each stood in the log at its place. */
    private void unpack() throws IOException {
        if (feed != log) {
            throw new IOException("the log has a compressed transaction inside of another one");
        }
        try (PackedEvents packed = PackedEvents.of(log)) {
            feed = packed;
            while (packed.next()) {
                event();
            }
        } finally {
            feed = log;
        }
        while (log.left() > 0) {
            log.read(chunk, 0, (int) Math.min(log.left(), chunk.length));
        }
        log.verify();
    }

    private void rotate() throws IOException {
        byte[] rotation = log.rotation();
        if (log.isMadeUp() && rotation.length > PLACE_BYTES) {
            file = new String(rotation, PLACE_BYTES, rotation.length - PLACE_BYTES, StandardCharsets.UTF_8);
            log.enter(LogTimes.little(rotation, 0, PLACE_BYTES));
        }
    }

    private void begin() {
        settle();
        begun = here();
        micros = feed.seconds() * MICROS;
    }

    /** MySQL says in microseconds when a transaction was committed. */
    private void committedAt() throws IOException {
        feed.rest(42);
        if (feed.left() >= 7) {
            micros = feed.number(7) & ~(1L << 55);
        }
    }

    private void settle() {
        touched.forEach(TableLog::settle);
        touched.clear();
    }

    private void takeBack() {
        touched.forEach(TableLog::takeBack);
        touched.clear();
    }

    private void stopAll(Stop stop, String what) {
        into.tables().forEach(each -> each.mark(new Mark(here(), Effect.TOLD, stop, what)));
    }

    private void describe() throws IOException {
        if (feed.left() > MOST_MAP_BYTES) {
            throw new IOException("the log describes a table in " + feed.left() + " bytes");
        }
        long number = feed.number(6);
        feed.number(2);
        String database = name();
        String table = name();
        TableLog found = into.find(StreamId.of(database, table));
        described.put(number, found);
        if (found != null) {
            byte[] description = feed.rest(MOST_MAP_BYTES);
            feed.verify();
            if (found.describe(file, description)) {
                touched.add(found);
            }
        }
    }

    private String name() throws IOException {
        byte[] bytes = new byte[(int) feed.number(1)];
        feed.read(bytes, 0, bytes.length);
        feed.number(1);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private @Nullable TableLog described() throws IOException {
        long number = feed.number(6);
        feed.number(2);
        if (number != NO_TABLE && !described.containsKey(number)) {
            throw new IOException("the log has rows of the table " + number + " and does not say which that is");
        }
        return described.get(number);
    }

    private void partial() throws IOException {
        TableLog table = described();
        if (table != null) {
            table.mark(new Mark(here(), Effect.TOLD, Stop.PARTIAL, "the log has only the changed parts of documents"));
        }
    }

    private void rows(byte kind, boolean hasMore, boolean compressed) throws IOException {
        TableLog table = described();
        if (table == null) {
            return;
        }
        if (hasMore) {
            int more = (int) feed.number(2) - 2;
            feed.rest(more);
        }
        if (compressed) {
            inflated(table, kind);
        } else {
            table.begin(kind, log.start(), micros, Math.toIntExact(feed.left()));
            while (feed.left() > 0) {
                int some = (int) Math.min(feed.left(), chunk.length);
                feed.read(chunk, 0, some);
                table.spool().write(chunk, 0, some);
            }
        }
        feed.verify();
    }

    /** Rows that MariaDB compressed, behind what says which columns they have. */
    private void inflated(TableLog table, byte kind) throws IOException {
        byte[] width = new byte[9];
        feed.read(width, 0, 1);
        int more = (width[0] & 0xFF) == 0xFC ? 2 : 0;
        feed.read(width, 1, more);
        int columns = (int) LogTimes.little(width, more == 0 ? 0 : 1, Math.max(1, more));
        byte[] present = feed.rest((columns + 7) / 8 * (kind == TableLog.UPDATE ? 2 : 1));
        long size = inflatedSize();
        table.begin(kind, log.start(), micros, Math.toIntExact(1 + more + present.length + size));
        table.spool().write(width, 0, 1 + more);
        table.spool().write(present, 0, present.length);
        long done = inflate(size, (bytes, length) -> table.spool().write(bytes, 0, length));
        if (done != size) {
            throw new IOException("a compressed event of the log has " + done + " bytes instead of " + size);
        }
    }

    private long inflatedSize() throws IOException {
        int head = (int) feed.number(1);
        if ((head & 0xF0) != 0x80) {
            throw new IOException("an event of the log is compressed in a way that is not known");
        }
        byte[] length = new byte[head & 7];
        feed.read(length, 0, length.length);
        return LogTimes.big(length, 0, length.length);
    }

    /** Takes unpacked bytes. */
    private interface Unpacked {
        void take(byte[] bytes, int length);
    }

    private long inflate(long most, Unpacked unpacked) throws IOException {
        Inflater inflater = new Inflater();
        byte[] out = new byte[CHUNK_BYTES];
        long done = 0;
        try {
            while (!inflater.finished() && done <= most) {
                if (inflater.needsInput()) {
                    int some = (int) Math.min(feed.left(), chunk.length);
                    if (some == 0) {
                        break;
                    }
                    feed.read(chunk, 0, some);
                    inflater.setInput(chunk, 0, some);
                }
                int length = inflater.inflate(out);
                unpacked.take(out, length);
                done += length;
            }
            return done;
        } catch (DataFormatException malformed) {
            throw new IOException("a compressed event of the log cannot be unpacked", malformed);
        } finally {
            inflater.end();
        }
    }

    private void statement(boolean compressed, int unused) throws IOException {
        feed.number(8);
        int database = (int) feed.number(1);
        feed.number(2);
        int variables = (int) feed.number(2);
        feed.rest(unused + variables);
        String used = new String(feed.rest(database), StandardCharsets.UTF_8);
        feed.number(1);
        String sql = new String(compressed ? inflatedText() : feed.rest(MOST_STATEMENT_BYTES), StandardCharsets.UTF_8);
        if (feed.left() > 0) {
            stopAll(Stop.BROKEN, "the log has a statement of more than " + MOST_STATEMENT_BYTES + " bytes");
            return;
        }
        feed.verify();
        statement(sql, used);
    }

    private byte[] inflatedText() throws IOException {
        long size = inflatedSize();
        if (size > MOST_STATEMENT_BYTES) {
            return new byte[0]; // what is left of the event tells that it was not read
        }
        byte[] text = new byte[(int) size];
        int[] done = {0};
        inflate(size, (bytes, length) -> {
            System.arraycopy(bytes, 0, text, done[0], Math.min(length, text.length - done[0]));
            done[0] += Math.min(length, text.length - done[0]);
        });
        return text;
    }

    private void statement(String sql, String used) {
        String head = sql.substring(0, Math.min(sql.length(), 40)).strip().toUpperCase(Locale.ROOT);
        if (head.equals("BEGIN") || head.startsWith("START TRANSACTION")) {
            if (micros == 0) {
                micros = feed.seconds() * MICROS;
            }
        } else if (head.equals("COMMIT")) {
            settle();
        } else if (head.equals("ROLLBACK")) {
            takeBack();
        } else if (head.startsWith("ROLLBACK TO")) {
            stopTouched(Stop.TOLD, "a ROLLBACK to a SAVEPOINT");
        } else if (head.startsWith("XA ")) {
            distributed(sql);
        } else {
            LoggedStatement statement = new LoggedStatement(sql, used, into.foldsCase());
            into.tables().forEach(each -> each.mark(statement, here()));
        }
    }

    private void stopTouched(Stop stop, String what) {
        touched.forEach(each -> each.mark(new Mark(here(), Effect.TOLD, stop, what)));
    }

    /** A distributed transaction waits for its second phase; in one phase it is committed as any other. */
    private void prepare() throws IOException {
        boolean onePhase = feed.number(1) != 0;
        long format = feed.number(4);
        int global = (int) feed.number(4);
        int branch = (int) feed.number(4);
        HexFormat hex = HexFormat.of();
        String id = TwoPhases.id(hex.formatHex(feed.rest(global)), hex.formatHex(feed.rest(branch)), format);
        if (onePhase) {
            settle();
            return;
        }
        into.twoPhases().prepare(id, begun, touched);
        touched.clear();
    }

    /** What is committed here was prepared before; unless that was in this reading, nobody knows of which tables. */
    private void distributed(String sql) {
        if (into.twoPhases().end(sql, here(), micros) == TwoPhases.Ending.UNKNOWN) {
            stopAll(Stop.XA, "an XA transaction was committed, and what it changed stands further back than was read");
        }
    }
}
