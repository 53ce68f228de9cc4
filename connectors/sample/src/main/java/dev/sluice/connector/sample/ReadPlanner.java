package dev.sluice.connector.sample;

import dev.sluice.cdk.json.Json;
import dev.sluice.connector.sample.content.History;
import dev.sluice.connector.sample.content.SampleStream;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.StreamRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Divides reads, and carries increments on from one version to the next. */
final class ReadPlanner {
    private static final long LEAST_ROWS_A_SPLIT = 10_000;

    private final SampleSettings settings;
    private final SampleStream stream;
    private final String identity;

    ReadPlanner(SampleSettings settings, SampleStream stream) {
        this.settings = settings;
        this.stream = stream;
        this.identity = settings.recipe().identity(stream.name());
    }

    PlanResult plan(StreamRead read, ReadStart start) {
        return switch (start) {
            case ReadStart.Beginning() -> planned(contentPlan(read));
            case ReadStart.After(Position position) -> planned(changesPlan(versionOf(position)));
            case ReadStart.Resume resume -> resume(resume.plan());
        };
    }

    private static PlanResult planned(ReadPlan plan) {
        return new PlanResult.Planned(new Plan(plan));
    }

    private ReadPlan contentPlan(StreamRead read) {
        PlanToken token = new PlanToken(identity, settings.version(), false);
        boolean goesOn = read.mode() == SyncMode.INCREMENTAL;
        return new ReadPlan(token.toJson(), splits(token), goesOn ? position(settings.version()) : null);
    }

    /** What the version after another one changed; nothing if there is none. */
    private ReadPlan changesPlan(int before) {
        if (!stream.history().goesOnAfter(before)) {
            return new ReadPlan(new PlanToken(identity, before, true).toJson(), List.of(), position(before));
        }
        PlanToken token = new PlanToken(identity, before + 1, true);
        return new ReadPlan(token.toJson(), splits(token), position(before + 1));
    }

    private List<Split> splits(PlanToken token) {
        History history = stream.history();
        long last = history.lastId(token.version());
        long parts = Math.clamp(last / LEAST_ROWS_A_SPLIT, 1, settings.parallelism());
        List<Split> splits = new ArrayList<>();
        for (long part = 0; part < parts && last > 0; part++) {
            IdRange range = new IdRange(1 + last * part / parts, last * (part + 1) / parts);
            long rows = token.changes()
                    ? history.expectedChanges(range.from(), range.to(), token.version())
                    : range.to() - range.from() + 1;
            splits.add(new Split(range.toString(), range.toString(), new Estimate(rows, Estimate.UNKNOWN)));
        }
        return splits;
    }

    private Position position(int version) {
        return new Position(identity, Json.write(Map.of("version", version)));
    }

    /** I4: a version means something only among rows that are made from the same. */
    private int versionOf(Position position) {
        if (!position.identity().equals(identity)) {
            throw foreign("it belongs to \"" + position.identity() + "\", and the stream is now \"" + identity + "\"");
        }
        try {
            Map<String, @Nullable Object> map = Json.readObject(position.value());
            if (map.get("version") instanceof Long version && version >= 0 && version <= History.LAST_VERSION) {
                return version.intValue();
            }
            throw foreign("it names no version: " + position.value());
        } catch (IllegalArgumentException damaged) {
            throw foreign(String.valueOf(damaged.getMessage()));
        }
    }

    private ProblemException foreign(String why) {
        return Problem.of("E_POSITION_FOREIGN", ProblemKind.CONFIG, "the saved position does not belong to these rows")
                .at(stream.name())
                .because(why)
                .fix("set the options back to what they were, or read everything anew: `sluice state rewind`")
                .exception();
    }

    private PlanResult resume(ReadPlan plan) {
        try {
            if (!PlanToken.ofJson(plan.token()).identity().equals(identity)) {
                return new PlanResult.CannotResume("the options of the source have changed since");
            }
        } catch (IllegalArgumentException damaged) {
            return new PlanResult.CannotResume("its plan cannot be read: " + damaged.getMessage());
        }
        return planned(plan);
    }

    /** Nothing is held open: the rows are the same at any time. */
    private record Plan(ReadPlan plan) implements PlannedRead {
        @Override
        public void close() {}
    }
}
