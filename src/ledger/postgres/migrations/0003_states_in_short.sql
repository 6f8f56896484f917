-- States have been written in short here from the beginning (0001). The step keeps the numbers those of the other store.
SELECT 1;
