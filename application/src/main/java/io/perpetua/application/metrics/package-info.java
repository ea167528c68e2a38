/** The figures that the server keeps of itself, as a scraper reads them. What is counted is each capability's to say. */
@NullMarked
package io.perpetua.application.metrics;

import org.jspecify.annotations.NullMarked;
