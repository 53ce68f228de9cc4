package dev.sluice.testkit.contract;

/** A destination that keeps the whole contract passes it. */
class MemoryDestinationTest extends DestinationContract {
    @Override
    protected DestinationFixture fixture() {
        return new MemoryDestinationFixture(DestinationFault.NONE);
    }
}
