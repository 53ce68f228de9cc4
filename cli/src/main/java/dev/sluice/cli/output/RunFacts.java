package dev.sluice.cli.output;

import dev.sluice.engine.run.StreamProgress;
import dev.sluice.spi.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The facts of a run for programs; events and envelopes use the same names. */
public final class RunFacts {
    private static final double NANOS_PER_SECOND = 1e9;

    private RunFacts() {}

    /** A stream as far as it has come. */
    public static Map<String, @Nullable Object> stream(StreamProgress stream) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("stream", stream.plan().stream().name());
        facts.put("namespace", stream.plan().stream().namespace());
        facts.put("target", stream.plan().preview().location());
        facts.put("mode", stream.plan().modeKey());
        facts.put("guarantee", stream.plan().preview().guarantee().words());
        facts.put("status", stream.status().name().toLowerCase(Locale.ROOT));
        facts.put("rows_read", stream.rowsRead());
        facts.put("rows_loaded", stream.rowsCommitted());
        facts.put("rows_unchanged", stream.rowsUnchanged());
        facts.put("rows_filtered", stream.rowsFiltered());
        facts.put("rows_rejected", stream.rowsRejected());
        facts.put("rows_resumed", stream.rowsBefore());
        facts.put("rows_expected", stream.rowsExpected() < 0 ? null : stream.rowsExpected());
        facts.put("bytes", stream.bytesRead());
        facts.put("seconds", stream.nanos() / NANOS_PER_SECOND);
        facts.put("attempts", stream.failures() + 1);
        facts.put("backfilled", stream.plan().drift().backfills());
        facts.put("changed_values", stream.changes());
        facts.put("rejected_for", reasons(stream));
        facts.put("notes", notes(stream));
        facts.put("error", stream.problem() == null ? null : ProblemView.fields(stream.problem()));
        return facts;
    }

    private static List<Map<String, @Nullable Object>> reasons(StreamProgress stream) {
        List<Map<String, @Nullable Object>> reasons = new ArrayList<>();
        stream.rejectReasons().forEach((reason, records) -> {
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            facts.put("code", reason.code());
            facts.put("field", reason.field());
            facts.put("records", records);
            reasons.add(facts);
        });
        return reasons;
    }

    /** What a person should know of a stream: of its plan, of its target, and of this run. */
    public static List<String> notes(StreamProgress stream) {
        List<String> notes = new ArrayList<>(stream.plan().notes());
        notes.addAll(stream.plan().preview().notes());
        notes.addAll(stream.notes());
        Problem failure = stream.lastFailure();
        if (failure != null && stream.status().isGood()) {
            notes.add("it took " + (stream.failures() + 1) + " attempts; the last failure was: " + failure.message()
                    + " (" + failure.code() + ")");
        }
        return notes;
    }
}
