package dev.sluice.lowcode.source;

import dev.sluice.lowcode.trial.Recording;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.workbench.Checked;
import dev.sluice.spi.workbench.Recorded;
import dev.sluice.spi.workbench.TestRead;
import dev.sluice.spi.workbench.TestRequest;
import dev.sluice.spi.workbench.Workbench;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** Where manifests are worked on. */
public final class ManifestWorkbench implements Workbench {
    private final Clock clock;
    private final Function<String, Optional<String>> beside;

    /**
     * A place where manifests stand alone.
     *
     * @param clock the time
     */
    public ManifestWorkbench(Clock clock) {
        this(clock, path -> Optional.empty());
    }

    /**
     * A place where manifests lie in a folder.
     *
     * @param beside reads a text file by its path from that folder, such as a schema; whoever gives it keeps it to that folder
     */
    public ManifestWorkbench(Clock clock, Function<String, Optional<String>> beside) {
        this.clock = clock;
        this.beside = beside;
    }

    @Override
    public Checked check(String definition) {
        return new ManifestCheck(definition, clock).run();
    }

    @Override
    public TestRead open(TestRequest request, ConnectorContext context) {
        return new TestReading(request, context, beside);
    }

    @Override
    public Recorded recorded(String recording) {
        return Recording.read(recording).said();
    }
}
