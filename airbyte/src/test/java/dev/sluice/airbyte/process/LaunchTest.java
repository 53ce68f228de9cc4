package dev.sluice.airbyte.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a connector comes from is read, and nothing else is taken for it. */
class LaunchTest {
    @Test
    void eachOriginIsRead() {
        assertThat(Launch.of(Map.of("command", List.of("./source", "--fast")), false))
                .isEqualTo(new Launch.Command(List.of("./source", "--fast")));
        assertThat(Launch.of(Map.of("docker", "localhost:5000/airbyte/source-faker:7.2.1"), false))
                .extracting(Launch::identity)
                .isEqualTo("image localhost:5000/airbyte/source-faker");
        assertThat(Launch.of(Map.of("pypi", "airbyte-source-faker==7.2.1"), false))
                .isEqualTo(new Launch.PythonPackage("airbyte-source-faker", "7.2.1"));
        assertThat(Launch.of(Map.of("npm", "@scope/source@1.2.3"), false))
                .isEqualTo(new Launch.NodePackage("@scope/source", "1.2.3"));
        assertThat(Launch.of(Map.of("npm", "@scope/source"), false))
                .isEqualTo(new Launch.NodePackage("@scope/source", null));
    }

    @Test
    void theOfficialRunnerIsToldWhichManifestAndMayRunItsClasses() {
        Launch launch = Launch.of(
                Map.of("pypi", "airbyte-cdk==7.39.1", "manifest", "/p/m.yaml", "components", "/p/c.py"), false);
        assertThat(launch.identity()).isEqualTo("manifest m.yaml of pypi airbyte-cdk");
        assertThat(((Launch.OfficialRunner) launch).commandLine(Path.of("/v/run"), List.of("read", "--config", "c")))
                .containsExactly(
                        "/usr/bin/env",
                        "AIRBYTE_ENABLE_UNSAFE_CODE=true",
                        "/v/run",
                        "read",
                        "--config",
                        "c",
                        "--manifest-path",
                        "/p/m.yaml",
                        "--components-path",
                        "/p/c.py");
        Launch.OfficialRunner bare =
                (Launch.OfficialRunner) Launch.of(Map.of("pypi", "airbyte-cdk", "manifest", "/p/m.yaml"), false);
        assertThat(bare.commandLine(Path.of("/v/run"), List.of("spec"))).containsExactly("/v/run", "spec");
        assertThatThrownBy(() -> Launch.of(Map.of("pypi", "airbyte-source-faker", "manifest", "/p/m.yaml"), false))
                .hasMessageContaining("E_CONNECTOR_ORIGIN");
    }

    @Test
    void theIdentityIsTheSameForAllVersions() {
        assertThat(Launch.of(Map.of("pypi", "airbyte-source-faker==1.0.0"), false)
                        .identity())
                .isEqualTo(
                        Launch.of(Map.of("pypi", "airbyte-source-faker"), false).identity());
    }

    @Test
    void aNameThatIsAnOptionIsRefused() {
        for (Map<String, ?> config : List.of(
                Map.of("docker", "--privileged"),
                Map.of("pypi", "-r requirements.txt"),
                Map.of("npm", "a; rm -rf /"),
                Map.of("docker", ""),
                Map.<String, Object>of(),
                Map.of("docker", "a", "pypi", "b"))) {
            assertThatThrownBy(() -> Launch.of(config, false))
                    .as(config.toString())
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            failure -> assertThat(failure.problem().code()).isEqualTo("E_CONNECTOR_ORIGIN"));
        }
    }

    @Test
    void aContainerSeesOnlyTheFolderOfItsRun() {
        List<String> line = new Container(
                        Path.of("/usr/bin/podman"), "airbyte/source-faker:7.2.1", List.of("--memory", "2g"))
                .commandLine(Path.of("/tmp/run"), "run-1", List.of("spec"));
        assertThat(line).startsWith("/usr/bin/podman", "run").endsWith("airbyte/source-faker:7.2.1", "spec");
        assertThat(line).containsSequence("--volume", "/tmp/run:/sluice", "--workdir", "/sluice");
        assertThat(line).containsSequence("--name", "run-1").contains("--rm");
        assertThat(line).containsSequence("--memory", "2g", "airbyte/source-faker:7.2.1");
    }

    @Test
    void whatAContainerMayHaveIsWrittenAsDockerTakesIt() {
        assertThat(Launch.of(Map.of("docker", "a", "memory", "2g", "cpus", 1.5, "network", "none"), false))
                .isEqualTo(new Launch.Image("a", List.of("--memory", "2g", "--cpus", "1.5", "--network", "none")));
        for (Map<String, ?> config : List.of(
                Map.of("docker", "a", "memory", "2g --privileged"),
                Map.of("docker", "a", "cpus", "-1"),
                Map.of("docker", "a", "network", "--host"))) {
            assertThatThrownBy(() -> Launch.of(config, false)).hasMessageContaining("E_CONNECTOR_ORIGIN");
        }
    }
}
