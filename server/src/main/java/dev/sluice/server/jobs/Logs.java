package dev.sluice.server.jobs;

import dev.sluice.server.store.Row;
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

    private record Piece(long number, long size, List<LogLine> lines) {}

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
        List<LogLine> found = new ArrayList<>();
        long before = 0;
        long piece = -1;
        while (found.size() < most) {
            List<Piece> next = transaction.all(
                    Logs::read,
                    "SELECT * FROM attempt_log WHERE job_id = ? AND attempt = ? AND piece > ? ORDER BY piece LIMIT 1",
                    jobId,
                    attempt,
                    piece);
            if (next.isEmpty()) {
                return found;
            }
            piece = next.getFirst().number();
            if (before + next.getFirst().size() > from) {
                long skipped = Math.max(0, from - before);
                next.getFirst().lines().stream()
                        .skip(skipped)
                        .limit(most - found.size())
                        .forEach(found::add);
            }
            before += next.getFirst().size();
        }
        return found;
    }

    private static Piece read(Row row) throws SQLException {
        return new Piece(row.number("piece"), row.number("line_count"), lines(row.bytes("content")));
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
