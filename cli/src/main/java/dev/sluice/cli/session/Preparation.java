package dev.sluice.cli.session;

import dev.sluice.engine.plan.PlanMemory;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.state.StateStore;
import java.util.List;

/** What a command does to a run before it begins. */
public interface Preparation {
    /** Nothing. */
    Preparation NONE = new Preparation() {};

    /**
     * What the plan is to know of earlier runs.
     *
     * @param streams the streams that are asked for, as patterns; empty for all
     */
    default PlanMemory memory(PlanMemory memory, List<String> streams) {
        return memory;
    }

    /** The plan is made and can be carried out. */
    default void beforeRun(SyncPlan plan, StateStore store) {}
}
