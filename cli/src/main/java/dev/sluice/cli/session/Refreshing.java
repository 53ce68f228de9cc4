package dev.sluice.cli.session;

import dev.sluice.engine.plan.PlanMemory;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.state.Refresh;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.StreamState;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Lets the streams of a run be read once more from the beginning. The wish is saved before the run begins, so a run that
 * dies is followed by one that fulfils it.
 *
 * @param refresh what becomes of the rows that are there
 */
public record Refreshing(Refresh refresh) implements Preparation {
    @Override
    public PlanMemory memory(PlanMemory memory, List<String> streams) {
        if (refresh == Refresh.MERGE) {
            return memory;
        }
        Predicate<StreamId> chosen = StreamNames.of(streams);
        Set<StreamId> replaced = new HashSet<>();
        memory.known().forEach(stream -> {
            if (chosen.test(stream.id())) {
                replaced.add(stream.id());
            }
        });
        return memory.replacing(replaced);
    }

    @Override
    public void beforeRun(SyncPlan plan, StateStore store) {
        List<StreamPlan> incremental = plan.streams().stream()
                .filter(stream -> stream.mode().read() == SyncMode.INCREMENTAL)
                .toList();
        if (incremental.isEmpty() && !plan.streams().isEmpty()) {
            throw Problem.of("E_REFRESH_USELESS", ProblemKind.CONFIG, "each run copies these streams whole already")
                    .because("a refresh is for streams that are read incrementally")
                    .fix("run them with `sluice sync`")
                    .exception();
        }
        for (StreamPlan stream : incremental) {
            StreamState state = store.stream(stream.stream())
                    .orElseGet(() -> StreamState.initial(stream.stream(), StreamState.EDITED));
            store.save(state.refreshing(refresh));
        }
    }
}
