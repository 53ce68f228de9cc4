package dev.sluice.airbyte.process;

import java.nio.file.Path;
import java.util.List;

/** A connector that can be started: what its command line is. Immutable. */
public interface Program {
    /**
     * The command line of a run.
     *
     * @param folder where the files of the run lie, which the arguments name relative to it
     * @param run a name that no other run has
     * @param arguments what the connector shall do
     */
    List<String> commandLine(Path folder, String run, List<String> arguments);

    /** Ends what a run left behind outside the tree of its process, such as a container. */
    default void end(String run) {}
}
