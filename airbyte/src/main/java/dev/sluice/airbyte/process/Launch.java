package dev.sluice.airbyte.process;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a connector comes from. */
public sealed interface Launch {
    /** What makes a package's or an image's name, its version included; nothing that a command line would take for an option. */
    Pattern NAME = Pattern.compile("[A-Za-z0-9@][A-Za-z0-9._/:@+-]{0,254}");

    /** What it is for people, and for the positions of its streams (I4): the same for all versions. */
    String identity();

    /**
     * A program on this machine.
     *
     * @param line the program and its first arguments
     */
    record Command(List<String> line) implements Launch {
        public Command {
            line = List.copyOf(line);
        }

        @Override
        public String identity() {
            return "command " + String.join(" ", line);
        }
    }

    /**
     * An image that Docker or Podman runs.
     *
     * @param limits what its container may have and see, as options of the engine
     */
    record Image(String name, List<String> limits) implements Launch {
        /** Where the container finds the folder for files; connectors of files look there. */
        private static final String FILES = "/local";

        /** A connector that takes more than this usually leaks, and would take the machine with it. */
        private static final String USUAL_MEMORY = "2g";

        private static final List<String> OPTIONS = List.of("memory", "cpus", "network", "local");

        private static final Map<String, Pattern> LIMITS = Map.of(
                "memory", Pattern.compile("0|[1-9][0-9]{0,14}[bkmg]?"),
                "cpus", Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,3})?"),
                "network", Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}"));

        public Image {
            limits = List.copyOf(limits);
        }

        static Image of(String name, Map<String, ?> config, boolean writesFiles) {
            List<String> limits = new ArrayList<>();
            if (config.get("memory") == null) {
                limits.addAll(List.of("--memory", USUAL_MEMORY));
            }
            for (String option : List.of("memory", "cpus", "network")) {
                Object value = config.get(option);
                Pattern form = LIMITS.get(option);
                if (value != null && form != null) {
                    if (!form.matcher(String.valueOf(value)).matches()) {
                        throw problem("`" + option + "` of an image is not understood: " + value)
                                .fix("write it as Docker takes it, such as `memory: 2g`, `cpus: 1.5`, `network: none`")
                                .exception();
                    }
                    limits.addAll(List.of("--" + option, String.valueOf(value)));
                }
            }
            if (config.get("local") instanceof String folder) {
                limits.addAll(List.of("--mount", mount(folder) + (writesFiles ? "" : ",readonly")));
            }
            return new Image(name, limits);
        }

        private static String mount(String folder) {
            if (!folder.startsWith("/") || folder.chars().anyMatch(sign -> sign < ' ' || sign == ',' || sign == '"')) {
                throw problem("`local` is no folder that a container can be given: " + folder)
                        .because("the engine takes an absolute path without commas and quotes")
                        .fix("name another folder, such as `local: /srv/files`")
                        .exception();
            }
            return "type=bind,source=" + folder + ",target=" + FILES;
        }

        @Override
        public String identity() {
            int tag = name.lastIndexOf(':');
            return "image " + (tag > name.lastIndexOf('/') ? name.substring(0, tag) : name);
        }
    }

    /**
     * A package of Python.
     *
     * @param version the version; null for the newest one
     */
    record PythonPackage(String name, @Nullable String version) implements Launch {
        @Override
        public String identity() {
            return "pypi " + name;
        }
    }

    /**
     * The official runner of low-code manifests, a package of Python.
     *
     * @param runner the package
     * @param manifest the file with the manifest
     * @param components the file with the Python classes that the manifest names; null if it names none
     */
    record OfficialRunner(
            PythonPackage runner, String manifest, @Nullable String components) implements Launch {
        @Override
        public String identity() {
            return "manifest " + Path.of(manifest).getFileName() + " of " + runner.identity();
        }

        /** What the program is told besides; it describes itself without a manifest. */
        List<String> commandLine(Path program, List<String> arguments) {
            List<String> line = new ArrayList<>();
            if (components != null) {
                // The runner runs classes of the user only where it is told that they may be run.
                line.addAll(List.of("/usr/bin/env", "AIRBYTE_ENABLE_UNSAFE_CODE=true"));
            }
            line.add(program.toString());
            line.addAll(arguments);
            if (!arguments.getFirst().equals("spec")) {
                line.addAll(List.of("--manifest-path", manifest));
                if (components != null) {
                    line.addAll(List.of("--components-path", components));
                }
            }
            return line;
        }
    }

    /**
     * A package of Node.
     *
     * @param version the version; null for the newest one
     */
    record NodePackage(String name, @Nullable String version) implements Launch {
        @Override
        public String identity() {
            return "npm " + name;
        }
    }

    /**
     * Reads where a connector comes from.
     *
     * @param config has exactly one of {@code command}, {@code docker}, {@code pypi} and {@code npm}
     * @param writesFiles true if an image may write into the folder for files that it is given
     */
    static Launch of(Map<String, ?> config, boolean writesFiles) {
        List<Launch> found = new ArrayList<>();
        if (config.get("command") instanceof List<?> line && !line.isEmpty()) {
            found.add(new Command(line.stream().map(String::valueOf).toList()));
        }
        if (config.get("docker") instanceof String image) {
            found.add(Image.of(named("docker", image), config, writesFiles));
        } else {
            Image.OPTIONS.stream().filter(config::containsKey).findFirst().ifPresent(Launch::refuseWithoutImage);
        }
        if (config.get("pypi") instanceof String name) {
            String[] parts = named("pypi", name.replace("==", "@")).split("@", 2);
            found.add(withManifest(new PythonPackage(parts[0], parts.length == 2 ? parts[1] : null), config));
        }
        if (config.get("npm") instanceof String name) {
            int at = named("npm", name).lastIndexOf('@');
            found.add(
                    at > 0
                            ? new NodePackage(name.substring(0, at), name.substring(at + 1))
                            : new NodePackage(name, null));
        }
        if (found.size() != 1) {
            throw problem("a connector comes from one of `command`, `docker`, `pypi` and `npm`, not from "
                            + found.size())
                    .exception();
        }
        return found.getFirst();
    }

    private static Launch withManifest(PythonPackage python, Map<String, ?> config) {
        if (!(config.get("manifest") instanceof String manifest)) {
            return python;
        }
        if (!python.name().equals("airbyte-cdk")) {
            throw problem("`manifest` beside `pypi` is for the official runner, not for " + python.name())
                    .fix("write `pypi: airbyte-cdk==7.39.1`, or leave `manifest` out")
                    .exception();
        }
        return new OfficialRunner(python, manifest, config.get("components") instanceof String file ? file : null);
    }

    private static void refuseWithoutImage(String option) {
        throw problem("`" + option + "` is for images, and this connector is none")
                .fix("leave it out, or run the connector as an image: `docker`")
                .exception();
    }

    private static String named(String option, String name) {
        if (!NAME.matcher(name).matches()) {
            throw unnamed(option, name);
        }
        return name;
    }

    private static ProblemException unnamed(String option, String name) {
        return problem("`" + option + "` is no name of a connector: " + name)
                .fix("write it as in its registry, such as `pypi: airbyte-source-faker==7.2.1`")
                .exception();
    }

    private static Problem problem(String message) {
        return Problem.of("E_CONNECTOR_ORIGIN", ProblemKind.CONFIG, message);
    }
}
