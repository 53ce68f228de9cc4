package dev.sluice.engine.run;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;

/** I8: one owner a target. */
final class Ownership {
    private Ownership() {}

    /** Refuses a target that belongs to another connection, unless it may be taken over. */
    static void require(Ledger ledger, StreamPlan plan) {
        boolean mine = ledger.connectionId().equals(plan.target().owner().connectionId());
        if (!mine && !plan.target().owner().takeOver()) {
            throw Problem.of(
                            "E_TARGET_OWNED",
                            ProblemKind.CONFLICT,
                            plan.preview().location() + " is written by another connection")
                    .at(plan.stream().toString())
                    .because("it belongs to the connection with the id " + ledger.connectionId())
                    .fix("write to another place, or take it over with --take-over if the other connection is gone")
                    .exception();
        }
    }
}
