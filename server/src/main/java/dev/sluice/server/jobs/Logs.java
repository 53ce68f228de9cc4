package dev.sluice.server.jobs;

import dev.sluice.server.store.Transaction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The logs of attempts, kept in pieces of compressed lines. */
public final class Logs {
    private static final int MOST_OF_A_PIECE = 2_000;

    private Logs() {}

    static void append(Transaction transaction, long jobId, int attempt, List<LogLine> lines) throws SQLException {
        long next = transaction.count(
                "SELECT coalesce(max(piece), -1) + 1 AS n FROM attempt_log WHERE job_id = ? AND attempt = ?",
                jobId,
                attempt);
        for (int from = 0; from < lines.size(); from += MOST_OF_A_PIECE) {
            List<LogLine> piece = lines.subList(from, Math.min(lines.size(), from + MOST_OF_A_PIECE));
            transaction.change(
                    "INSERT INTO attempt_log (job_id, attempt, piece, line_count, first_at, content)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    jobId,
                    attempt,
                    next++,
                    piece.size(),
                    piece.getFirst().at(),
                    compressed(piece));
        }
    }

    /**
     * Forgets logs of attempts that ended long ago.
     *
     * @param most how many pieces at once
     * @return how many
     */
    public static int forget(Transaction transaction, Instant before, int most) throws SQLException {
        return transaction.change(
                "DELETE FROM attempt_log WHERE (job_id, attempt, piece) IN (SELECT l.job_id, l.attempt, l.piece"
                        + " FROM job j JOIN attempt_log l ON l.job_id = j.id WHERE NOT j.open AND j.ended_at < ?"
                        + " ORDER BY j.ended_at LIMIT ?)",
                before,
                most);
    }

    /** How many lines the log of an attempt has. */
    public static long count(Transaction transaction, long jobId, int attempt) throws SQLException {
        return transaction.count(
                "SELECT coalesce(sum(line_count), 0) AS n FROM attempt_log WHERE job_id = ? AND attempt = ?",
                jobId,
                attempt);
    }

    /**
     * Lines of the log of an attempt, in order.
     *
     * @param from how many lines before are passed over
     * @param most how many at most
     */
    public static List<LogLine> read(Transaction transaction, long jobId, int attempt, long from, int most)
            throws SQLException {
        return new LogTail(jobId, attempt, from)
                .next(transaction, most).stream().map(LogTail.Numbered::line).toList();
    }

    /**
     * Where a line is.
     *
     * @param piece the piece that it is in; the one that comes next if there is no such line yet
     * @param before how many lines are in the pieces before
     */
    record Place(long piece, long before) {}

    static Place place(Transaction transaction, long jobId, int attempt, long line) throws SQLException {
        String sums = "SELECT piece, sum(line_count) OVER (ORDER BY piece) AS upto FROM attempt_log"
                + " WHERE job_id = ? AND attempt = ?";
        return transaction
                .first(
                        row -> new Place(row.number("next"), row.number("upto")),
                        "SELECT coalesce(max(piece), -1) + 1 AS next, coalesce(max(upto), 0) AS upto FROM (" + sums
                                + ") s WHERE upto <= ?",
                        jobId,
                        attempt,
                        line)
                .orElseThrow();
    }

    /** The lines of a piece; none if it is not there yet. */
    static List<LogLine> piece(Transaction transaction, long jobId, int attempt, long piece) throws SQLException {
        return transaction
                .first(
                        row -> lines(row.bytes("content")),
                        "SELECT content FROM attempt_log WHERE job_id = ? AND attempt = ? AND piece = ?",
                        jobId,
                        attempt,
                        piece)
                .orElse(List.of());
    }

    private static byte[] compressed(List<LogLine> lines) {
        StringBuilder text = new StringBuilder();
        for (LogLine line : lines) {
            text.append(ChronoUnit.MICROS.between(Instant.EPOCH, line.at()))
                    .append('\t')
                    .append(line.level())
                    .append('\t')
                    .append(line.source())
                    .append('\t')
                    .append(line.message())
                    .append('\n');
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static List<LogLine> lines(byte[] content) {
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(content))) {
            String text = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
            List<LogLine> lines = new ArrayList<>();
            for (String line : text.split("\n", -1)) {
                if (!line.isEmpty()) {
                    String[] parts = line.split("\t", 4);
                    lines.add(new LogLine(
                            Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS),
                            System.Logger.Level.valueOf(parts[1]),
                            parts[2],
                            parts[3]));
                }
            }
            return lines;
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
