package dev.sluice.server.jobs;

import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Goes through the log of an attempt from a line on, as far as it has come; looks at no line twice. */
public final class LogTail {
    private final long jobId;
    private final int attempt;
    private long line;
    private long piece = -1;
    private long before;

    /**
     * A line with its number in the log.
     *
     * @param number which one it is, from 0
     */
    public record Numbered(long number, LogLine line) {}

    /**
     * One through the log of an attempt.
     *
     * @param line the number of the first line
     */
    public LogTail(long jobId, int attempt, long line) {
        this.jobId = jobId;
        this.attempt = attempt;
        this.line = line;
    }

    /** The number of the line that comes next. */
    public long line() {
        return line;
    }

    /**
     * The next lines; none if there are none yet.
     *
     * @param most how many at most
     */
    public List<Numbered> next(Transaction transaction, int most) throws SQLException {
        if (piece < 0) {
            Logs.Place place = Logs.place(transaction, jobId, attempt, line);
            piece = place.piece();
            before = place.before();
            line = Math.max(line, before);
        }
        List<Numbered> found = new ArrayList<>();
        while (found.size() < most) {
            List<LogLine> lines = Logs.piece(transaction, jobId, attempt, piece);
            if (lines.isEmpty()) {
                line = Math.min(line, before); // who asked for lines far behind the end gets the next ones
                return found;
            }
            while (line < before + lines.size() && found.size() < most) {
                found.add(new Numbered(line, lines.get((int) (line - before))));
                line++;
            }
            if (line >= before + lines.size()) {
                before += lines.size();
                piece++;
            }
        }
        return found;
    }
}
