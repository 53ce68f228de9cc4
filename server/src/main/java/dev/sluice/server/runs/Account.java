package dev.sluice.server.runs;

import dev.sluice.engine.plan.StoppedStream;
import dev.sluice.engine.run.RunListener;
import dev.sluice.engine.run.StreamProgress;
import dev.sluice.engine.run.StreamStatus;
import dev.sluice.engine.state.Job;
import dev.sluice.server.jobs.AttemptLog;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.RunningJob;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.spi.problem.Problem;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Follows a run: its numbers for the store, its steps for the log, and for others who watch. */
final class Account implements RunListener {
    private final RunningJob job;
    private final AttemptLog log;
    private final Redactor redactor;
    private final RunListener others;
    private volatile List<StreamProgress> streams = List.of();
    private volatile List<StoppedStream> stopped = List.of();

    Account(RunningJob job, Redactor redactor, RunListener others) {
        this.job = job;
        this.log = job.log();
        this.redactor = redactor;
        this.others = others;
    }

    /** The streams that the run leaves alone. */
    void leave(List<StoppedStream> alone) {
        stopped = alone;
    }

    @Override
    public void started(Job begun, List<StreamProgress> accounts) {
        streams = accounts;
        job.watch(this::numbers);
        log.add(Level.INFO, "platform", "attempt " + job.attempt() + " moves " + accounts.size() + " streams");
        others.started(begun, accounts);
    }

    @Override
    public void changed(StreamProgress stream) {
        others.changed(stream);
        if (stream.status() == StreamStatus.PUBLISHING) {
            // I7: once it is published, nobody counts it again for an attempt that takes over from a killed one.
            job.reportNow();
        }
        if (!stream.status().isEnd()) {
            return;
        }
        Problem problem = stream.problem();
        String words = stream.plan().stream() + " " + stream.status().name().toLowerCase(Locale.ROOT) + ": "
                + stream.rowsCommitted() + " records, " + stream.rowsRejected() + " rejected, "
                + stream.rowsFiltered() + " filtered";
        log.add(
                problem == null ? Level.INFO : Level.ERROR,
                "platform",
                problem == null ? words : words + "; " + problem.code() + ": " + problem.message());
    }

    @Override
    public void retrying(StreamProgress stream, Problem why, Duration pause) {
        log.add(Level.WARNING, "platform", stream.plan().stream() + " is tried again: " + why.message());
        others.retrying(stream, redactor.redact(why), pause);
    }

    @Override
    public void committed(StreamProgress stream, Commit commit) {
        others.committed(stream, commit);
    }

    /** The numbers as they are now. */
    List<AttemptStream> numbers() {
        List<AttemptStream> numbers = new ArrayList<>();
        streams.forEach(stream -> numbers.add(numbers(stream)));
        for (StoppedStream each : stopped) {
            numbers.add(AttemptStream.untouched(each.stream(), StreamStatus.FAILED, redactor.redact(each.problem())));
        }
        return numbers;
    }

    private AttemptStream numbers(StreamProgress stream) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("mode", stream.plan().mode().key());
        details.put("notes", stream.notes());
        details.put("changes", stream.changes());
        Map<String, Long> reasons = new LinkedHashMap<>();
        stream.rejectReasons().forEach((reason, records) -> reasons.put(reason.words(), records));
        details.put("rejects", reasons);
        Problem problem = stream.problem();
        return new AttemptStream(
                stream.plan().stream(),
                stream.status(),
                new AttemptStream.Counts(
                        stream.rowsRead(),
                        stream.bytesRead(),
                        stream.rowsCommitted(),
                        stream.rowsFiltered(),
                        stream.rowsRejected(),
                        stream.rowsBefore(),
                        stream.rowsExpected()),
                problem == null ? null : redactor.redact(problem),
                new Json(JsonText.write(details)));
    }
}
