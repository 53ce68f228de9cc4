package dev.sluice.airbyte.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A connector that is an image. The folder of a run is what the container sees of this machine, at a place of its own.
 *
 * @param engine the program of Docker, or of Podman, which takes the same arguments
 * @param image the image
 * @param limits what the container may have, as options
 */
record Container(Path engine, String image, List<String> limits) implements Program {
    private static final String FOLDER = "/sluice";

    private static final long REMOVAL_SECONDS = 30;

    @Override
    public List<String> commandLine(Path folder, String run, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(
                engine.toString(),
                "run",
                "--rm",
                "--init",
                "--interactive",
                "--name",
                run,
                "--log-driver",
                "none",
                "--security-opt",
                "no-new-privileges",
                "--pids-limit",
                "4096",
                "--env",
                "DEPLOYMENT_MODE=OSS",
                "--env",
                "USE_STREAM_CAPABLE_STATE=true",
                "--volume",
                folder + ":" + FOLDER,
                "--workdir",
                FOLDER));
        line.addAll(limits);
        line.add(image);
        line.addAll(arguments);
        return line;
    }

    /**
     * The engine's process is only a terminal of the container. An interrupt does not cut the removal short: who was told to stop
     * must not leave a container behind.
     */
    @Override
    public void end(String run) {
        Process removal;
        try {
            removal = new ProcessBuilder(engine.toString(), "rm", "--force", run)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException gone) {
            // Without an engine there is no container either.
            return;
        }
        if (!Processes.awaitCalmly(removal, REMOVAL_SECONDS)) {
            removal.destroyForcibly();
        }
    }
}
