package dev.sluice.testkit.contract;

/** A source that keeps the whole contract passes it. */
class MemorySourceTest extends SourceContract {
    @Override
    protected SourceFixture fixture() {
        return new MemorySourceFixture(SourceFault.NONE, false);
    }
}
