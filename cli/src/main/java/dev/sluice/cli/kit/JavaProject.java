package dev.sluice.cli.kit;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Maven project with a connector that works, made from the templates among the resources. */
public final class JavaProject {
    private static final String MAIN = "src/main/java/@packagePath@/";
    private static final String TEST = "src/test/java/@packagePath@/";
    private static final String SERVICES = "src/main/resources/META-INF/services/dev.sluice.spi.connector.";
    private static final List<String> PROGRAMS = List.of("build", "install", "try");

    private final Kit kit;
    private final Names names;

    /** What kind of connector. */
    public enum Kind {
        /** One that data comes from. */
        SOURCE,
        /** One that data goes to. */
        DESTINATION
    }

    /**
     * How things are called.
     *
     * @param name the name in project files, such as {@code my-shop}
     * @param packageName the package of the code, which is Maven's group as well
     */
    public record Names(String name, String packageName) {
        /**
         * Checks the names.
         *
         * @throws ProblemException if one cannot be used
         */
        public Names {
            if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || name.length() > 40) {
                throw wrong(
                        "`" + name + "` cannot be the name of a connector",
                        "write small letters, digits and single hyphens, such as my-shop");
            }
            if (!packageName.matches("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+")) {
                throw wrong(
                        "`" + packageName + "` cannot be the package of a connector",
                        "write it as com.example.shop, in small letters");
            }
        }

        /** The names where none of a package is given. */
        public static Names of(String name) {
            return new Names(name, "com.example." + name.replace("-", ""));
        }

        private String[] words() {
            return name.split("-", -1);
        }

        /** What the classes begin with, such as {@code MyShop}. */
        String className() {
            return Arrays.stream(words()).map(Names::capital).collect(Collectors.joining());
        }

        String title() {
            return Arrays.stream(words()).map(Names::capital).collect(Collectors.joining(" "));
        }

        private static String capital(String word) {
            return Character.toUpperCase(word.charAt(0)) + word.substring(1);
        }
    }

    /** A project that builds against a kit. */
    public JavaProject(Kit kit, Names names) {
        this.kit = kit;
        this.names = names;
    }

    private static ProblemException wrong(String message, String fix) {
        return Problem.of("E_USAGE", ProblemKind.CONFIG, message).fix(fix).exception();
    }

    /** The files of a project by their place; the templates by their name among the resources. */
    private static Map<String, String> files(Kind kind) {
        Map<String, String> files = new LinkedHashMap<>();
        Stream.of("pom.xml", "build", "install").forEach(name -> files.put(name, "common/" + name));
        files.put(".gitignore", "common/gitignore");
        String folder = switch (kind) {
            case SOURCE -> "source/";
            case DESTINATION -> "destination/";
        };
        List<String> classes = new ArrayList<>(List.of("Connector", "Options"));
        List<String> tests = new ArrayList<>(List.of("ContractTest"));
        switch (kind) {
            case SOURCE -> {
                classes.addAll(List.of("Stream", "Source", "Cursor", "Pages", "Reader"));
                tests.addAll(List.of("IncrementTest", "RecordedTest"));
                files.put(TEST + "DemoService.java", folder + "test/DemoService.java");
                files.put("src/test/recordings/items.json", folder + "test/items.json");
                files.put(SERVICES + "SourceConnector", folder + "main/services.SourceConnector");
            }
            case DESTINATION -> {
                classes.addAll(List.of("Destination", "Target", "Writer", "Contents", "Folders"));
                files.put(SERVICES + "DestinationConnector", folder + "main/services.DestinationConnector");
            }
        }
        Stream.of("README.md", "try", "sluice.yaml").forEach(name -> files.put(name, folder + name));
        files.put(MAIN + "package-info.java", folder + "main/package-info.java");
        classes.forEach(name -> files.put(MAIN + "@Name@" + name + ".java", folder + "main/" + name + ".java"));
        tests.forEach(name -> files.put(TEST + "@Name@" + name + ".java", folder + "test/" + name + ".java"));
        return files;
    }

    /**
     * Writes the project.
     *
     * @param folder a folder that is not there, or empty
     * @return the files, from that folder on
     * @throws ProblemException if there is something already
     */
    public List<String> write(Kind kind, Path folder) {
        try {
            if (Files.exists(folder) && !isEmptyFolder(folder)) {
                throw wrong(folder + " is there already, and not empty", "choose another folder with --dir");
            }
            Map<String, String> words = words();
            Map<String, String> files = new LinkedHashMap<>();
            files(kind).forEach((place, template) -> files.put(filled(place, words), filled(read(template), words)));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(Objects.requireNonNull(path.getParent()));
                Files.writeString(path, file.getValue());
                if (PROGRAMS.contains(file.getKey()) && !path.toFile().setExecutable(true)) {
                    throw new IOException(path + " cannot be made executable");
                }
            }
            return List.copyOf(files.keySet());
        } catch (IOException failed) {
            throw Problem.of("E_PROJECT_FOLDER", ProblemKind.RESOURCE, "the project cannot be written")
                    .at(folder.toString())
                    .because(failed.getMessage())
                    .exception(failed);
        }
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        kit.versions().forEach((version, number) -> words.put("@" + version + "@", number));
        // How the templates of classes are called, so that they can be compiled and formatted as they are.
        words.put("com.example.acme", names.packageName());
        words.put("acme-shop", names.name());
        words.put("Acme Shop", names.title());
        words.put("Acme", names.className());
        words.put("@packagePath@", names.packageName().replace('.', '/'));
        words.put("@package@", names.packageName());
        words.put("@Name@", names.className());
        words.put("@name@", names.name());
        words.put("@title@", names.title());
        words.put("@kit@", kit.folder().toUri().toString().replaceAll("/$", ""));
        words.put("@product@", kit.product().toString());
        return words;
    }

    private static String filled(String text, Map<String, String> words) {
        String filled = text;
        for (Map.Entry<String, String> word : words.entrySet()) {
            filled = filled.replace(word.getKey(), word.getValue());
        }
        return filled;
    }

    private static String read(String template) {
        try (InputStream in =
                JavaProject.class.getResourceAsStream(template.endsWith(".java") ? template + ".template" : template)) {
            return new String(Objects.requireNonNull(in, template).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
