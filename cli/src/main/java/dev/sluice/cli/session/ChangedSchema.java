package dev.sluice.cli.session;

import dev.sluice.cli.state.SqliteStateStore;
import dev.sluice.cli.state.StateFile;
import dev.sluice.engine.plan.PlanMemory;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.engine.run.SyncRun;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.source.Source;
import java.util.Optional;

/**
 * What a connection would do now, and what its source looks like.
 *
 * @param plan the plan, with what has changed since the tables were last made
 * @param memory what the plan knew of earlier runs
 * @param asAccepted the plan that would be made if another memory were there
 */
public record ChangedSchema(SyncPlan plan, PlanMemory memory, Replan asAccepted) {
    /** Plans once more, with the same source and destination. */
    @FunctionalInterface
    public interface Replan {
        /** The plan with another memory. */
        SyncPlan with(PlanMemory memory);
    }

    /** Does something with what a connection would do now, while its source and destination are open. */
    @FunctionalInterface
    public interface Look<T> {
        /** Does it. */
        T at(ChangedSchema schema);
    }

    /** Looks at a connection. One that never ran gets no identity from that. */
    public static <T> T look(Session session, ConnectionWish wish, Look<T> look) {
        StopSignal stop = new StopSignal();
        try (Source source = session.open(wish.from(), stop);
                Destination destination = session.openDestination(wish.to(), stop);
                StateFile file = StateFile.openExisting(
                                wish.state().database(), session.host().clock())
                        .orElse(null)) {
            Optional<SqliteStateStore> store =
                    file == null ? Optional.empty() : file.existing(wish.state().key());
            Owner owner = new Owner(
                    store.map(SqliteStateStore::connectionId).orElse("none"),
                    wish.connection().name(),
                    false);
            PlanMemory memory = store.map(PlanMemory::of).orElse(PlanMemory.NONE);
            Replan replan = other -> SyncRun.plan(wish.connection(), owner, other, source, destination);
            return look.at(new ChangedSchema(replan.with(memory), memory, replan));
        }
    }
}
