package dev.sluice.server.definitions;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which programs that users name the server may start, as whoever operates it says by {@code SLUICE_PROGRAMS}: {@code images},
 * {@code packages}, {@code commands}, {@code all} or {@code none}.
 *
 * @param allowed where such programs may come from
 */
public record ProgramLeave(Set<Origin> allowed) {
    /** The variable. */
    public static final String VARIABLE = "SLUICE_PROGRAMS";

    /** None. */
    public static final ProgramLeave NONE = new ProgramLeave(Set.of());

    /** Whatever there is. */
    public static final ProgramLeave ALL =
            new ProgramLeave(EnumSet.of(Origin.IMAGE, Origin.PYPI, Origin.NPM, Origin.COMMAND));

    public ProgramLeave {
        allowed = Set.copyOf(allowed);
    }

    /**
     * What an operator says.
     *
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_SERVER_SETTING}
     */
    public static ProgramLeave of(String text) {
        Set<Origin> allowed = EnumSet.noneOf(Origin.class);
        for (String word : text.strip().toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            switch (word) {
                case "all" -> allowed.addAll(ALL.allowed());
                case "none", "" -> {}
                case "images" -> allowed.add(Origin.IMAGE);
                case "packages" -> allowed.addAll(Set.of(Origin.PYPI, Origin.NPM));
                case "commands" -> allowed.add(Origin.COMMAND);
                default ->
                    throw Problem.of(
                                    "E_SERVER_SETTING",
                                    ProblemKind.CONFIG,
                                    "a setting of the server does not make sense")
                            .at(VARIABLE)
                            .because("it is none, all, or some of images, packages and commands; it has " + word)
                            .fix("change the variable, or leave it out")
                            .exception();
            }
        }
        return new ProgramLeave(allowed);
    }

    /** True if programs from there may be started. */
    public boolean allows(Origin origin) {
        return allowed.contains(origin);
    }

    /**
     * Refuses what may not be started.
     *
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_PROGRAMS_OFF}
     */
    public void require(Origin origin, String name) {
        if (!allows(origin)) {
            throw Problem.of("E_PROGRAMS_OFF", ProblemKind.PERMISSION, "this server starts no programs of this kind")
                    .at(name)
                    .because("the connector is " + what(origin) + ", and the operator has not allowed these")
                    .fix("have the server started with " + VARIABLE + "=" + word(origin)
                            + ", or use a connector that is built in or a manifest")
                    .exception();
        }
    }

    private static String what(Origin origin) {
        return switch (origin) {
            case IMAGE -> "an image";
            case PYPI -> "a package of Python";
            case NPM -> "a package of Node";
            case COMMAND -> "a command of the server's machine";
            case BUILTIN, MANIFEST -> "no program";
        };
    }

    private static String word(Origin origin) {
        return switch (origin) {
            case IMAGE -> "images";
            case PYPI, NPM -> "packages";
            case COMMAND -> "commands";
            case BUILTIN, MANIFEST -> "all";
        };
    }
}
