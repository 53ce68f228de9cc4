package dev.sluice.testkit.fault;

import dev.sluice.spi.runtime.Cut;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Java process to be started by a test. Not for use by several threads. */
public final class ChildJvm {
    private final String mainClass;
    /** It does not live long enough for the best code, nor for several threads that collect garbage. */
    private final List<String> options =
            new ArrayList<>(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));

    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<String> arguments = new ArrayList<>();
    private String classPath = System.getProperty("java.class.path");

    private ChildJvm(String mainClass) {
        this.mainClass = mainClass;
    }

    /** Prepares a process with this main class and the test's own class path. */
    public static ChildJvm of(Class<?> mainClass) {
        return new ChildJvm(mainClass.getName());
    }

    /** With this class path instead of the test's own. */
    public ChildJvm classPath(String path) {
        classPath = path;
        return this;
    }

    /** With a system property. */
    public ChildJvm property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    /**
     * To be killed at a cut point.
     *
     * @param cut its name, or {@code name:n} for the n-th time that it is reached
     */
    public ChildJvm cutAt(String cut) {
        return property(Cut.PROPERTY, cut);
    }

    /** With an option of the virtual machine, such as {@code -Xmx64m}. */
    public ChildJvm option(String option) {
        options.add(option);
        return this;
    }

    /** With arguments for the main method. */
    public ChildJvm arguments(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    /** Starts the process. */
    public ChildProcess start() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        return ChildProcess.start(ChildProcess.prepare(command));
    }
}
