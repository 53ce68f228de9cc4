package dev.sluice.server.runs;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.run.ReplayRecord;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.states.RejectList;
import dev.sluice.server.states.RejectList.Kept;
import dev.sluice.server.store.Store;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rejected records of a connection that count, as they can be tried again. */
final class OpenRejects {
    /** So many records of a stream at a time; whoever has more asks again. */
    static final int MOST = 20_000;

    private OpenRejects() {}

    /** Those that are meant, by stream. */
    static Map<StreamId, List<Kept>> of(Store store, UUID connectionId, Request request) {
        RejectList.Filter open = filter(connectionId, request, null);
        List<StreamId> streams = store.read(transaction -> RejectList.groups(transaction, open).stream()
                .map(RejectList.Group::stream)
                .filter(request::isAbout)
                .distinct()
                .toList());
        Map<StreamId, List<Kept>> chosen = new LinkedHashMap<>();
        for (StreamId stream : streams) {
            RejectList.Filter own = filter(connectionId, request, stream);
            chosen.put(stream, store.read(transaction -> RejectList.kept(transaction, own, 0, MOST)));
        }
        return chosen;
    }

    private static RejectList.Filter filter(UUID connectionId, Request request, @Nullable StreamId stream) {
        return new RejectList.Filter(connectionId, "open", stream, null, request.code(), request.field());
    }

    /**
     * Those that are missing in the copy that is there. What is missing in an older copy of a stream whose copies replace
     * each other is missing in nothing now.
     */
    static List<ReplayRecord> missing(StreamPlan plan, List<Kept> kept, long generation) {
        return kept.stream()
                .filter(each ->
                        each.generation() == generation || !plan.mode().write().overwrites())
                .map(OpenRejects::record)
                .toList();
    }

    private static ReplayRecord record(Kept kept) {
        RejectedRecord record = kept.record();
        boolean hasRow = record.form() == RejectedRecord.Form.ROW && !record.isCut();
        if (!hasRow) {
            return ReplayRecord.kept(kept.id(), record, kept.at());
        }
        return ReplayRecord.ofRow(kept.id(), record, kept.at(), row(record), false);
    }

    private static Map<String, @Nullable String> row(RejectedRecord record) {
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        JsonText.object(new String(record.original(), StandardCharsets.UTF_8))
                .forEach((name, value) -> texts.put(name, value == null ? null : text(value)));
        return texts;
    }

    private static String text(Object value) {
        return value instanceof Map || value instanceof List ? JsonText.write(value) : value.toString();
    }

    /** What a sync would do with a stream. */
    static StreamPlan plan(SyncPlan plan, StreamId stream) {
        plan.stopped().stream()
                .filter(stopped -> stopped.stream().equals(stream))
                .findFirst()
                .ifPresent(stopped -> {
                    throw stopped.problem().exception();
                });
        return plan.streams().stream()
                .filter(each -> each.stream().equals(stream))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                "E_STREAM_NOT_FOUND", ProblemKind.CONFIG, "the connection copies no stream " + stream)
                        .exception());
    }
}
