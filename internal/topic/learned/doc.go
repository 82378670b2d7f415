// Package learned gives articles topics by what it learned from articles whose topics their
// sources state.
//
// # The classifier
//
// Each topic has a linear support vector machine of its own, which parts the articles that
// have the topic from the others. What it sees of an article are its stems, and once more
// those of its title: (1 + ln tf) · ln((N+1)/df), brought to length 1. Numbers are one term
// for all of the same form, since they say that there are prices or results, and not which.
//
// An article has a topic if the score reaches the threshold of that topic. Thresholds are
// those of the best F1 on articles that a part of the training did not see (SCut of Yang, "A
// study on thresholding strategies for text categorization", SIGIR 2001): three folds, drawn
// three times. The fewer articles a topic has, the nearer its threshold is to a fixed one.
//
// A score is made a probability by a logistic function, whose two parameters are fitted to
// the same held out scores (Platt 1999, by the method of Lin, Lin and Weng 2007).
//
// # What it is given
//
// Training is a function of the set of articles: not of their order, nor of how many
// processors there are. A topic takes in the topics below it. An article without any of
// the topics is an example of none of them, so a caller leaves out those of which nobody
// said what they are about.
package learned
