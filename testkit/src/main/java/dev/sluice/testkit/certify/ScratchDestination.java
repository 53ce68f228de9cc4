package dev.sluice.testkit.certify;

import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.ReadBack;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.runtime.CheckReport;
import java.util.Map;
import java.util.Optional;

/** A destination whose targets all have names that nobody else uses, and which remembers them. */
final class ScratchDestination implements Destination {
    private final Destination real;
    private final String scratch;
    private final boolean namespaces;
    private final Map<String, TargetSpec> written;

    ScratchDestination(Destination real, String scratch, boolean namespaces, Map<String, TargetSpec> written) {
        this.real = real;
        this.scratch = scratch;
        this.namespaces = namespaces;
        this.written = written;
    }

    private TargetSpec moved(TargetSpec spec) {
        String namespace = spec.name().namespace();
        TargetName name = namespaces
                ? new TargetName(
                        namespace == null ? scratch : scratch + "_" + namespace,
                        spec.name().name())
                : new TargetName(namespace, scratch + "_" + spec.name().name());
        return new TargetSpec(
                spec.owner(), spec.stream(), name, spec.schema(), spec.mode(), spec.generation(), spec.object());
    }

    @Override
    public DestinationTraits traits() {
        return real.traits();
    }

    @Override
    public CheckReport check() {
        return real.check();
    }

    @Override
    public TargetPlan plan(TargetSpec spec) {
        TargetSpec moved = moved(spec);
        TargetPlan plan = real.plan(moved);
        written.put(plan.location(), moved);
        return plan;
    }

    @Override
    public Optional<Ledger> ledger(TargetSpec spec) {
        return real.ledger(moved(spec));
    }

    @Override
    public Target open(TargetSpec spec) {
        TargetSpec moved = moved(spec);
        Target target = real.open(moved);
        written.putIfAbsent(real.plan(moved).location(), moved);
        return target;
    }

    @Override
    public ReadBack readBack(TargetSpec spec) {
        return real.readBack(moved(spec));
    }

    @Override
    public boolean remove(TargetSpec spec) {
        return real.remove(moved(spec));
    }

    @Override
    public void close() {
        real.close();
    }
}
