package dev.sluice.cli.torture;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Cut;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * All that is done to a stream in one mode. Two undisturbed runs tell what the destination has to hold after a first and a
 * second one, and which cut points they pass; then the runs are disturbed at each of these, and after each second
 * attempt the content has to be the same.
 */
public final class Trial {
    /** The cut points that runs usually pass; one that this pair never passes is named. */
    static final List<String> USUAL_CUTS = List.of(
            "after-plan",
            "after-open",
            "after-write",
            "before-prepare",
            "before-commit",
            "after-commit",
            "after-state",
            "before-publish",
            "after-publish",
            "after-final-state");

    /** Where a run has begun and is not done: here it gets signals, and here a second run is started. */
    private static final String MIDDLE = "after-write";

    private static final int REFUSED = ExitCode.CONFLICT;
    private static final int INTERRUPTED = ExitCode.INTERRUPTED;
    private static final int TERMINATED = 143;

    private final Product product;
    private final Path folder;
    private final List<String> onlyCuts;
    private final BooleanSupplier over;
    private final Consumer<Outcome> told;

    /**
     * Prepares trials.
     *
     * @param folder where the states and logs of the runs lie
     * @param onlyCuts the cut points; none for all that are passed, and for signals and a second run
     * @param over true once no further scenario shall begin
     * @param told hears of each outcome when it is known
     */
    public Trial(Product product, Path folder, List<String> onlyCuts, BooleanSupplier over, Consumer<Outcome> told) {
        this.product = product;
        this.folder = folder;
        this.onlyCuts = List.copyOf(onlyCuts);
        this.over = over;
        this.told = told;
    }

    /**
     * What came of a trial.
     *
     * @param outcomes the scenarios that were played
     * @param leftOut how many were not, because the time was over
     * @param rows how many rows an undisturbed run leaves
     */
    public record Result(List<Outcome> outcomes, int leftOut, long rows) {
        public Result {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** Carries it out; removes what it made. */
    public Result of(Subject subject) {
        long begun = System.nanoTime();
        Path undisturbed = folder.resolve("undisturbed");
        Oracle oracle;
        try {
            oracle = new Oracle(measured(subject, undisturbed), measured(subject, undisturbed));
        } catch (BrokenPromise failed) {
            Outcome outcome = told(new Outcome(
                    subject,
                    "undisturbed",
                    0,
                    Verdict.UNPROVEN,
                    "an undisturbed " + failed.getMessage(),
                    System.nanoTime() - begun,
                    undisturbed));
            return new Result(List.of(outcome), 0, 0);
        } finally {
            subject.landing().remove();
        }
        List<Outcome> outcomes = new ArrayList<>();
        List<Attack> attacks = attacks(oracle);
        for (Attack attack : attacks) {
            if (over.getAsBoolean()) {
                break;
            }
            outcomes.add(told(scenario(subject, attack, oracle, outcomes.size())));
        }
        int leftOut = attacks.size() - outcomes.size();
        return new Result(settled(subject, oracle, outcomes), leftOut, oracle.first.content.rows());
    }

    /** An undisturbed run and what it left. */
    private record Measured(Content content, Map<String, Integer> passed) {}

    /** What is to be after the first and after the second run. */
    private record Oracle(Measured first, Measured second) {
        List<Measured> runs() {
            return List.of(first, second);
        }

        boolean passes(String cut) {
            return runs().stream().anyMatch(run -> passes(run, cut));
        }

        static boolean passes(Measured run, String cut) {
            int colon = cut.lastIndexOf(':');
            String name = colon < 0 ? cut : cut.substring(0, colon);
            int times = colon < 0 ? 1 : Integer.parseInt(cut.substring(colon + 1));
            return run.passed.getOrDefault(name, 0) >= times;
        }
    }

    /** What a run did that it had promised not to do. */
    private static final class BrokenPromise extends Exception {
        private static final long serialVersionUID = 1;

        BrokenPromise(String message) {
            super(message);
        }
    }

    private Measured measured(Subject subject, Path where) throws BrokenPromise {
        Product.Played played = finished(Product.Play.undisturbed(subject, where), "run");
        return new Measured(content(subject), played.passed());
    }

    private Product.Played finished(Product.Play play, String what) throws BrokenPromise {
        Product.Played played = product.run(play);
        if (played.code() != 0) {
            throw new BrokenPromise(what + " ended with the exit code " + played.code());
        }
        return played;
    }

    private static Content content(Subject subject) throws BrokenPromise {
        try {
            return subject.landing().content();
        } catch (ProblemException unreadable) {
            throw new BrokenPromise(
                    "run left what cannot be read back: " + unreadable.problem().message());
        }
    }

    private List<Attack> attacks(Oracle oracle) {
        Set<String> cuts = new LinkedHashSet<>(onlyCuts);
        List<Attack> attacks = new ArrayList<>();
        if (onlyCuts.isEmpty()) {
            for (Measured run : oracle.runs()) {
                run.passed.forEach((name, times) -> {
                    cuts.add(name);
                    if (times > 1) {
                        cuts.add(name + ":2");
                    }
                });
            }
            cuts.addAll(USUAL_CUTS);
            attacks.add(new Attack.Stop(Cut.Deed.TERM, TERMINATED, MIDDLE));
            attacks.add(new Attack.Stop(Cut.Deed.INT, INTERRUPTED, MIDDLE));
            attacks.add(new Attack.Twice(MIDDLE));
        }
        cuts.forEach(cut -> attacks.add(new Attack.Kill(cut)));
        return attacks;
    }

    private Outcome scenario(Subject subject, Attack attack, Oracle oracle, int number) {
        long begun = System.nanoTime();
        Path where = folder.resolve("scenario" + (number + 1));
        int disturbed = 0;
        Verdict verdict;
        String why = null;
        try {
            if (oracle.passes(attack.cut())) {
                disturbed = switch (attack) {
                    case Attack.Kill kill -> killed(subject, kill, oracle, where);
                    case Attack.Stop stop -> stopped(subject, stop, oracle, where);
                    case Attack.Twice twice -> doubled(subject, twice, oracle, where);
                };
            }
            verdict = disturbed > 0 ? Verdict.HELD : Verdict.NOT_PASSED;
        } catch (BrokenPromise broken) {
            verdict = Verdict.BROKEN;
            why = broken.getMessage();
        } finally {
            subject.landing().remove();
        }
        return new Outcome(subject, attack.words(), disturbed, verdict, why, System.nanoTime() - begun, where);
    }

    private int killed(Subject subject, Attack.Kill kill, Oracle oracle, Path where) throws BrokenPromise {
        int kills = 0;
        for (int i = 0; i < oracle.runs().size(); i++) {
            Measured run = oracle.runs().get(i);
            boolean second = i > 0;
            if (!Oracle.passes(run, kill.cut())) {
                finished(Product.Play.undisturbed(subject, where), "the run");
            } else {
                int code = product.run(new Product.Play(subject, where, kill.cut(), Cut.Deed.KILL))
                        .code();
                if (code == Product.KILLED) {
                    kills++;
                    if (second) {
                        requireWhole(subject, oracle);
                    }
                    finished(Product.Play.undisturbed(subject, where), "the run after the kill");
                } else if (code != 0) {
                    throw new BrokenPromise("the run ended by itself with the exit code " + code);
                }
            }
            require(run.content, subject, second ? "after the second run " : "after the first run ");
        }
        return kills;
    }

    /** I5: where content is replaced, nobody ever sees a part of it, and never nothing. */
    private static void requireWhole(Subject subject, Oracle oracle) throws BrokenPromise {
        if (!subject.mode().write().overwrites()) {
            return;
        }
        Content there = content(subject);
        if (!there.equals(oracle.first.content) && !there.equals(oracle.second.content)) {
            throw new BrokenPromise("the kill left a part of the table: " + oracle.first.content.difference(there));
        }
    }

    private int stopped(Subject subject, Attack.Stop stop, Oracle oracle, Path where) throws BrokenPromise {
        int code = product.run(new Product.Play(subject, where, stop.cut(), stop.deed()))
                .code();
        if (code != 0 && code != stop.exitCode()) {
            throw new BrokenPromise(
                    "the run ended with the exit code " + code + " and not " + stop.exitCode() + " for the signal");
        }
        if (code != 0) {
            finished(Product.Play.undisturbed(subject, where), "the run after the signal");
        }
        require(oracle.first.content, subject, "");
        return code == 0 ? 0 : 1;
    }

    private int doubled(Subject subject, Attack.Twice twice, Oracle oracle, Path where) throws BrokenPromise {
        Product.Held held = product.hold(new Product.Play(subject, where, twice.cut(), Cut.Deed.HOLD));
        boolean met = held.isHeld();
        int second = met ? product.run(Product.Play.undisturbed(subject, where)).code() : REFUSED;
        int first = held.release().code();
        if (second != REFUSED) {
            throw new BrokenPromise("a second run beside the first one ended with the exit code " + second
                    + " and was not refused with " + REFUSED);
        }
        if (first != 0) {
            throw new BrokenPromise("the first run ended with the exit code " + first + " when a second one came");
        }
        require(oracle.first.content, subject, "");
        return met ? 1 : 0;
    }

    private static void require(Content expected, Subject subject, String when) throws BrokenPromise {
        Content there = content(subject);
        if (!there.equals(expected)) {
            throw new BrokenPromise(
                    when + "the table is not what an undisturbed run leaves: " + expected.difference(there));
        }
    }

    /** Runs once more undisturbed: if the source has changed since, no comparison says anything. */
    private List<Outcome> settled(Subject subject, Oracle oracle, List<Outcome> outcomes) {
        if (outcomes.stream().noneMatch(outcome -> outcome.disturbed() > 0 || outcome.verdict() == Verdict.BROKEN)) {
            return outcomes;
        }
        String changed = null;
        try {
            Content now = measured(subject, folder.resolve("afterwards")).content;
            if (!now.equals(oracle.first.content)) {
                changed = "the source changed meanwhile: " + oracle.first.content.difference(now);
            }
        } catch (BrokenPromise failed) {
            changed = "the undisturbed " + failed.getMessage() + " afterwards";
        } finally {
            subject.landing().remove();
        }
        if (changed == null) {
            return outcomes;
        }
        String reason = changed;
        return outcomes.stream().map(outcome -> outcome.unproven(reason)).toList();
    }

    private Outcome told(Outcome outcome) {
        told.accept(outcome);
        return outcome;
    }
}
