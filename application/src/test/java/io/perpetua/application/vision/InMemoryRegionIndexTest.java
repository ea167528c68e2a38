package io.perpetua.application.vision;

class InMemoryRegionIndexTest extends RegionIndexContract {

    private final InMemoryRegionIndex index = new InMemoryRegionIndex();

    @Override
    protected RegionIndex index() {
        return index;
    }
}
