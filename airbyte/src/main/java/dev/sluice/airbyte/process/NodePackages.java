package dev.sluice.airbyte.process;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Connectors that are packages of Node, each with its own modules. */
final class NodePackages {
    /** The kit of connectors in TypeScript. */
    private static final String KIT = "faros-airbyte-cdk";

    private final PackageStore store;
    private final Path npm;

    NodePackages(Path folder, Path npm) {
        this.store = new PackageStore(folder);
        this.npm = npm;
    }

    /** The program of a package. */
    Path program(Launch.NodePackage wanted, Consumer<String> log) {
        String version = wanted.version() == null ? "newest" : wanted.version();
        Path folder = store.folder(wanted.name() + "-" + version, into -> {
            log.accept("installing the Node package " + wanted.name() + "; this is done once");
            Programs.run(
                    List.of(
                            npm.toString(),
                            "install",
                            "--prefix",
                            into.toString(),
                            "--no-audit",
                            "--no-fund",
                            "--omit=dev",
                            wanted.version() == null ? wanted.name() : wanted.name() + "@" + wanted.version()),
                    into,
                    log);
        });
        return script(folder, wanted.name());
    }

    private static Path script(Path folder, String name) {
        Path own = folder.resolve("node_modules").resolve(name);
        try {
            Map<String, ?> description = Json.readObject(Files.readString(own.resolve("package.json")));
            Object programs = description.get("bin");
            Object program = programs instanceof Map<?, ?> map && !map.isEmpty()
                    ? map.values().iterator().next()
                    : programs;
            if (program instanceof String relative) {
                Path script = own.resolve(relative).normalize();
                if (script.startsWith(own) && Files.isRegularFile(script)) {
                    script.toFile().setExecutable(true);
                    return script;
                }
            }
            if (description.get("dependencies") instanceof Map<?, ?> needs && needs.containsKey(KIT)) {
                return ofKit(folder, name);
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            throw none(name).exception(unreadable);
        }
        throw none(name).exception();
    }

    /** Connectors of the Faros kit are published as modules; what they export makes their command line. */
    private static Path ofKit(Path folder, String name) throws IOException {
        Path script = folder.resolve("connector.js");
        if (!Files.isRegularFile(script)) {
            Path fresh = Files.createTempFile(folder, "connector-", ".js");
            Files.writeString(
                    fresh,
                    "#!/usr/bin/env node\nrequire(" + Json.write(name) + ").mainCommand().parseAsync(process.argv);\n");
            fresh.toFile().setExecutable(true);
            Files.move(fresh, script, StandardCopyOption.ATOMIC_MOVE);
        }
        return script;
    }

    private static Problem none(String name) {
        return Problem.of("E_CONNECTOR_INSTALL", ProblemKind.CONFIG, "the Node package " + name + " is no connector")
                .because("it has no program")
                .fix("check the name");
    }
}
