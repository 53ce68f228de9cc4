package dev.sluice.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of a query, the same over both databases. */
public final class Row {
    private static final long MICROS = 1_000_000;
    private static final long LAST_SECOND = Long.MAX_VALUE / MICROS;

    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    /** Makes an object of a row. */
    public interface Reader<T> {
        /** Reads what it needs; the row goes afterwards. */
        T read(Row row) throws SQLException;
    }

    /** A text that is not null. */
    public String text(String column) throws SQLException {
        return present(column, textOrNull(column));
    }

    /** A text, or null. */
    public @Nullable String textOrNull(String column) throws SQLException {
        String kept = result.getString(column);
        return kept == null ? null : Texts.read(kept);
    }

    /** An id that is not null. */
    public UUID id(String column) throws SQLException {
        return UUID.fromString(text(column));
    }

    /** An id, or null. */
    public @Nullable UUID idOrNull(String column) throws SQLException {
        String text = textOrNull(column);
        return text == null ? null : UUID.fromString(text);
    }

    /** A constant of an enum that is kept as a word in lower case. */
    public <E extends Enum<E>> E word(String column, Class<E> type) throws SQLException {
        return Enum.valueOf(type, text(column).toUpperCase(Locale.ROOT));
    }

    /** A whole number that is not null. */
    public long number(String column) throws SQLException {
        return present(column, numberOrNull(column));
    }

    /** A whole number, or null. */
    public @Nullable Long numberOrNull(String column) throws SQLException {
        long number = result.getLong(column);
        return result.wasNull() ? null : number;
    }

    /** Yes or no. */
    public boolean flag(String column) throws SQLException {
        return result.getBoolean(column);
    }

    /** A time that is not null. */
    public Instant time(String column) throws SQLException {
        return time(number(column));
    }

    /** A time, or null. */
    public @Nullable Instant timeOrNull(String column) throws SQLException {
        Long micros = numberOrNull(column);
        return micros == null ? null : time(micros);
    }

    /** How old an object is, and how often it was changed. */
    public Life life() throws SQLException {
        return new Life(time("created_at"), time("updated_at"), timeOrNull("deleted_at"), number("version"));
    }

    /** A document that is not null. */
    public Json json(String column) throws SQLException {
        return new Json(text(column));
    }

    /** A document, or null. */
    public @Nullable Json jsonOrNull(String column) throws SQLException {
        String text = textOrNull(column);
        return text == null ? null : new Json(text);
    }

    /** Bytes that are not null. */
    public byte[] bytes(String column) throws SQLException {
        return present(column, result.getBytes(column));
    }

    /** Bytes, or null. */
    public byte @Nullable [] bytesOrNull(String column) throws SQLException {
        return result.getBytes(column);
    }

    /** A time as it is kept: whole microseconds since 1970. Who asks for what is beyond them gets the last ones. */
    static long micros(Instant time) {
        if (Math.abs(time.getEpochSecond()) >= LAST_SECOND) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), MICROS), time.getNano() / 1_000);
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static <T> T present(String column, @Nullable T value) throws SQLException {
        if (value == null) {
            throw new SQLException("column " + column + " is null");
        }
        return value;
    }
}
