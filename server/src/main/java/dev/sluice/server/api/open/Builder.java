package dev.sluice.server.api.open;

import dev.sluice.server.builder.BuilderProjects;
import dev.sluice.server.builder.BuilderTests;
import dev.sluice.server.builder.TestRuns;
import dev.sluice.server.definitions.Manifests;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Store;
import dev.sluice.spi.workbench.Workbench;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What connectors are built with.
 *
 * @param projects the projects
 * @param tests the tests of them
 * @param runs what runs tests
 */
public record Builder(BuilderProjects projects, BuilderTests tests, TestRuns runs) {
    /**
     * That of a store.
     *
     * @param variables what variables in testing values stand for; null where one is not known
     */
    public static Builder of(Store store, Secrets secrets, Function<String, @Nullable String> variables, Clock clock) {
        Workbench workbench = Manifests.workbench(clock);
        BuilderProjects projects = new BuilderProjects(secrets, workbench, clock);
        BuilderTests tests = new BuilderTests(clock);
        return new Builder(projects, tests, new TestRuns(store, projects, tests, workbench, variables, clock));
    }
}
