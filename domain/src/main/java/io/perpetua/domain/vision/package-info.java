/** Documents as pages of regions: what a region is, where it stands, and how exactly it may be read. */
@NullMarked
package io.perpetua.domain.vision;

import org.jspecify.annotations.NullMarked;
