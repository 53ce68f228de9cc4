package dev.sluice.cli.output;

import dev.sluice.engine.run.StreamProgress;
import java.util.List;

/** Shows how a run comes along. The calls never overlap. */
interface ProgressView {
    /** The run begins. */
    void begin(List<StreamProgress> streams);

    /** A stream has come to another status. */
    void changed(StreamProgress stream);

    /**
     * Some time has passed.
     *
     * @param nanos since the run began
     */
    void tick(long nanos);

    /** The run is over; whatever is not permanent is taken away. */
    void end();
}
